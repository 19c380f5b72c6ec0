import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { Database, placeholders, rowsFromJson, type Transaction } from '../database';
import type { Vm } from '../engine';

/** A VM as an engine last told it. */
export interface RememberedVm {
  vm: Vm;
  computeResource: { id: number; name: string };
  seenAt: Date;
}

export interface AssociatedHost {
  id: number;
  name: string;
}

/** What is kept of VMs for when their engine does not answer, and which hosts they are. */
@Injectable()
export class VirtualMachineStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The newest memory of a VM. */
  async remembered(vmId: string): Promise<RememberedVm | null> {
    const [row] = await this.database.query<{ id: number; name: string; snapshot: string; seen_at: number }>(
      `SELECT c.id, c.name, v.snapshot, v.seen_at FROM virtual_machines v
       JOIN compute_resources c ON c.id = v.compute_resource_id
       WHERE v.vm_id = ? ORDER BY v.seen_at DESC, c.id LIMIT 1`,
      [vmId],
    );
    if (row === undefined) return null;
    const { id, name, snapshot, seen_at: seenAt } = row;
    return { vm: JSON.parse(snapshot) as Vm, computeResource: { id, name }, seenAt: new Date(seenAt) };
  }

  async remember(tx: Transaction, { vm, computeResource, seenAt }: RememberedVm): Promise<void> {
    await tx.execute(
      `INSERT INTO virtual_machines (compute_resource_id, vm_id, name, status, vcpus, memory_bytes, snapshot, seen_at)
       SELECT id, ?, ?, ?, ?, ?, ?, ? FROM compute_resources WHERE id = ?
       ON CONFLICT (compute_resource_id, vm_id) DO UPDATE SET name = excluded.name, status = excluded.status,
         vcpus = excluded.vcpus, memory_bytes = excluded.memory_bytes, snapshot = excluded.snapshot,
         seen_at = excluded.seen_at`,
      [vm.id, vm.name, vm.status, vm.vcpus, vm.memoryBytes, JSON.stringify(vm), seenAt.getTime(), computeResource.id],
    );
  }

  /**
   * Notes whose VMs the hosts with these UUIDs are. Hosts of another compute resource of the same engine stay there.
   * @returns the hosts that were not known to be so
   */
  async associateByUuid(tx: Transaction, computeResourceId: number, vmIds: string[]): Promise<AssociatedHost[]> {
    return tx.query<AssociatedHost>(
      `UPDATE hosts SET compute_resource_id = ?, updated_at = ? WHERE uuid IN (${rowsFromJson(tx.dialect, ['text'])})
       AND ${FREE} RETURNING id, name`,
      [computeResourceId, this.clock.now().getTime(), JSON.stringify(vmIds.map((id) => [id])), computeResourceId],
    );
  }

  /** The host with one of these MAC addresses becomes the VM, unless another one is it already. */
  async associateByMac(
    tx: Transaction,
    computeResourceId: number,
    vmId: string,
    macs: string[],
  ): Promise<AssociatedHost[]> {
    return tx.query<AssociatedHost>(
      `UPDATE hosts SET compute_resource_id = ?, uuid = COALESCE(uuid, ?), updated_at = ?
       WHERE id = (SELECT MIN(id) FROM hosts WHERE mac IN (${placeholders(macs.length)}))
       AND ${FREE} AND NOT EXISTS (SELECT 1 FROM hosts other WHERE other.uuid = ?) RETURNING id, name`,
      [computeResourceId, vmId, this.clock.now().getTime(), ...macs, computeResourceId, vmId],
    );
  }

  /** Whether any host might be found by its MAC address: it has one, and belongs to no compute resource. */
  async hasHostsToFind(): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT id FROM hosts WHERE compute_resource_id IS NULL AND mac IS NOT NULL LIMIT 1',
    );
    return rows.length > 0;
  }

  /** Which of these VMs some host is, by UUID. */
  async known(vmIds: string[]): Promise<Set<string>> {
    const rows = await this.database.query<{ uuid: string }>(
      `SELECT uuid FROM hosts WHERE uuid IN (${rowsFromJson(this.database.dialect, ['text'])})`,
      [JSON.stringify(vmIds.map((id) => [id]))],
    );
    return new Set(rows.map(({ uuid }) => uuid));
  }
}

/** Hosts that do not belong to the compute resource's engine yet. */
const FREE = `(compute_resource_id IS NULL OR compute_resource_id NOT IN (
  SELECT o.id FROM compute_resources o JOIN compute_resources c ON c.engine_id = o.engine_id WHERE c.id = ?))`;
