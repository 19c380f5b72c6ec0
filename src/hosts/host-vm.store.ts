import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { Database, rowsFromJson, type NotNull, type RowOf, type Transaction } from '../database';
import type { Host } from './host.entity';

export type AssociatedHost = RowOf<Host, 'id' | 'name'>;

/** A NIC's MAC address, lower-case with colons, and the id of its VM. */
export interface VmMac {
  vmId: string;
  mac: string;
}

/** Hosts that do not belong to the compute resource's engine yet. */
const FREE = `(compute_resource_id IS NULL OR compute_resource_id NOT IN (
  SELECT o.id FROM compute_resources o JOIN compute_resources c ON c.engine_id = o.engine_id WHERE c.id = ?))`;

/** Which hosts are VMs of which compute resource. Hosts of another compute resource of the same engine stay there. */
@Injectable()
export class HostVmStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The hosts with these UUIDs become the VMs of these ids. @returns those that were not known to be so */
  associateByUuid(tx: Transaction, computeResourceId: number, vmIds: string[]): Promise<AssociatedHost[]> {
    return tx.query<AssociatedHost>(
      `UPDATE hosts SET compute_resource_id = ?, updated_at = ? WHERE uuid IN (${rowsFromJson(tx.dialect, ['text'])})
       AND ${FREE} RETURNING id, name`,
      [computeResourceId, this.nowMs, JSON.stringify(vmIds.map((id) => [id])), computeResourceId],
    );
  }

  /** A host with a MAC address of a VM becomes it, unless another one is it already. @returns as by UUID */
  associateByMac(tx: Transaction, computeResourceId: number, macs: VmMac[]): Promise<AssociatedHost[]> {
    return tx.query<AssociatedHost>(
      `WITH nics (vm_id, mac) AS (${rowsFromJson(tx.dialect, ['text', 'text'])})
       UPDATE hosts SET compute_resource_id = ?, updated_at = ?,
         uuid = COALESCE(uuid, (SELECT MIN(nics.vm_id) FROM nics WHERE nics.mac = hosts.mac))
       WHERE id IN (SELECT MIN(h.id) FROM nics JOIN hosts h ON h.mac = nics.mac
         WHERE NOT EXISTS (SELECT 1 FROM hosts other WHERE other.uuid = nics.vm_id) GROUP BY nics.vm_id)
       AND ${FREE} RETURNING id, name`,
      [JSON.stringify(macs.map(({ vmId, mac }) => [vmId, mac])), computeResourceId, this.nowMs, computeResourceId],
    );
  }

  /**
   * Whether any host might be found by its MAC address: it has one, belongs to no compute resource, and is none of these
   * VMs by UUID.
   */
  async hasHostsToFind(vmIds: string[]): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT id FROM hosts WHERE compute_resource_id IS NULL AND mac IS NOT NULL
       AND (uuid IS NULL OR uuid NOT IN (${rowsFromJson(this.database.dialect, ['text'])})) LIMIT 1`,
      [JSON.stringify(vmIds.map((id) => [id]))],
    );
    return rows.length > 0;
  }

  /** Which of these VMs some host is, by UUID. */
  async known(vmIds: string[]): Promise<Set<string>> {
    const rows = await this.database.query<NotNull<RowOf<Host, 'uuid'>>>(
      `SELECT uuid FROM hosts WHERE uuid IN (${rowsFromJson(this.database.dialect, ['text'])})`,
      [JSON.stringify(vmIds.map((id) => [id]))],
    );
    return new Set(rows.map(({ uuid }) => uuid));
  }

  private get nowMs(): number {
    return this.clock.now().getTime();
  }
}
