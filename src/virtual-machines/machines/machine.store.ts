import { Injectable } from '@nestjs/common';
import { PersonMerges, type DoubledPerson } from '../../auth';
import { Clock, DAY_MS } from '../../common/clock';
import {
  Database,
  placeholders,
  rowsFromJson,
  storable,
  type ColumnOf,
  type RowOf,
  type Transaction,
} from '../../database';
import type { ComputeResource } from '../../compute-resources';
import { SecretBox } from '../../secrets';
import type { Initialization } from '../../engine';
import type { Machine } from './machine';
import type { MachineRow } from './machine.entity';

const SHOWN = [
  'id',
  'compute_resource_id',
  'vm_id',
  'name',
  'state',
  'state_at',
  'owner_id',
  'owner_login',
  'access_key_id',
  'image',
  'cluster_id',
  'datacenter_id',
  'addresses',
  'launch_id',
  'operation_id',
  'failed',
  'created_at',
  'removed_at',
] as const satisfies ColumnOf<MachineRow>[];

/** The access key that launched it is revoked or deleted. */
export const KEY_GONE = `(machines.access_key_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM access_keys WHERE access_keys.id = machines.access_key_id AND access_keys.revoked = false))`;

export type ShownMachine = RowOf<MachineRow, (typeof SHOWN)[number]> & {
  resource_name: ComputeResource['name'];
  key_gone: boolean | 0 | 1;
};
export const SELECT_MACHINES = `SELECT ${SHOWN.map((name) => `machines.${name}`).join(', ')}, compute_resources.name AS resource_name,
  ${KEY_GONE} AS key_gone
  FROM machines JOIN compute_resources ON compute_resources.id = machines.compute_resource_id`;

type OtherMachine = RowOf<MachineRow, 'id' | 'vm_id' | 'compute_resource_id'>;

export type NewMachine = Omit<
  Machine,
  | 'id'
  | 'state'
  | 'stateAt'
  | 'addresses'
  | 'operationId'
  | 'keyGone'
  | 'failed'
  | 'createdAt'
  | 'removedAt'
  | 'computeResource'
> & { computeResourceId: number; vcpus: number; memoryMib: number; initialization: Initialization | null };

/** Machines in the database. */
@Injectable()
export class MachineStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly box: SecretBox,
    persons: PersonMerges,
  ) {
    persons.add({ tables: ['machines'], merge });
  }

  async insert(tx: Transaction, machine: NewMachine): Promise<void> {
    const now = this.clock.now().getTime();
    const { launchId, initialization } = machine;
    await tx.execute(
      `INSERT INTO machines (compute_resource_id, vm_id, name, state, state_at, owner_id, owner_login, access_key_id, image,
         cluster_id, datacenter_id, vcpus, memory_mib, addresses, sealed_initialization, launch_id, operation_id, failed,
         created_at)
       VALUES (${placeholders(19)})`,
      [
        machine.computeResourceId,
        machine.vmId,
        machine.name,
        'launching',
        now,
        machine.owner.id,
        machine.owner.login,
        machine.accessKeyId,
        machine.image,
        machine.clusterId,
        machine.datacenterId,
        machine.vcpus,
        machine.memoryMib,
        '[]',
        initialization === null ? null : this.box.seal(JSON.stringify(initialization), purposeOf(launchId)),
        launchId,
        launchId,
        false,
        now,
      ],
    );
  }

  /** What is there of an access key's launches. */
  async usedBy(tx: Transaction, accessKeyId: number): Promise<{ instances: number; vcpus: number; memoryMib: number }> {
    const [row] = await tx.query<{ instances: number; vcpus: number | null; memory_mib: number | null }>(
      `SELECT COUNT(*) AS instances, SUM(vcpus) AS vcpus, SUM(memory_mib) AS memory_mib FROM machines
       WHERE access_key_id = ? AND removed_at IS NULL`,
      [accessKeyId],
    );
    return {
      instances: Number(row?.instances ?? 0),
      vcpus: Number(row?.vcpus ?? 0),
      memoryMib: Number(row?.memory_mib ?? 0),
    };
  }

  async byLaunch(launchId: string): Promise<Machine | null> {
    const rows = await this.database.query<ShownMachine>(`${SELECT_MACHINES} WHERE machines.launch_id = ?`, [launchId]);
    return rows.map(toMachine)[0] ?? null;
  }

  /** The machine that a VM is. */
  async byVm(computeResourceId: number, vmId: string): Promise<Machine | null> {
    const rows = await this.database.query<ShownMachine>(
      `${SELECT_MACHINES} WHERE machines.compute_resource_id = ? AND machines.vm_id = ?`,
      [computeResourceId, vmId],
    );
    return rows.map(toMachine)[0] ?? null;
  }

  /** By our id, or by name: then several may be meant, one's own first, then the newest. Those that are gone count by id alone. */
  async find(key: string, ownerId: number | null): Promise<Machine[]> {
    const byId = /^\d{1,9}$/.test(key);
    const rows = await this.database.query<ShownMachine>(
      `${SELECT_MACHINES} WHERE ${byId ? 'machines.id = ?' : 'machines.name = ? AND machines.removed_at IS NULL'}
       ORDER BY CASE WHEN machines.owner_id = ? THEN 0 ELSE 1 END, machines.id DESC LIMIT 20`,
      [byId ? Number(key) : storable(key), ownerId],
    );
    return rows.map(toMachine);
  }

  /** What its guest is initialised with, to be sent again; null where the template decides. */
  async initializationOf(vm: { computeResourceId: number; vmId: string }): Promise<Initialization | null> {
    const [row] = await this.database.query<RowOf<MachineRow, 'sealed_initialization' | 'launch_id'>>(
      'SELECT sealed_initialization, launch_id FROM machines WHERE compute_resource_id = ? AND vm_id = ?',
      [vm.computeResourceId, vm.vmId],
    );
    const sealed = row?.sealed_initialization;
    if (row === undefined || sealed === null || sealed === undefined) return null;
    return JSON.parse(this.box.open(sealed, purposeOf(row.launch_id)).text) as Initialization;
  }

  /** How a launch ended. @param addresses as the guest told them */
  async launched(
    tx: Transaction,
    launchId: string,
    { vmId, state, failed, addresses }: Pick<Machine, 'vmId' | 'state' | 'failed' | 'addresses'>,
  ): Promise<void> {
    const now = this.clock.now().getTime();
    await tx.execute(
      `UPDATE machines SET vm_id = ?, state = ?, state_at = ?, failed = ?, addresses = ?, removed_at = ? WHERE launch_id = ?`,
      [vmId, state, now, failed, JSON.stringify(addresses), state === 'removed' ? now : null, launchId],
    );
  }

  async concerns(tx: Transaction, id: number, operationId: string): Promise<void> {
    await tx.execute('UPDATE machines SET operation_id = ? WHERE id = ?', [operationId, id]);
  }

  /** What an engine says of its VMs by now; those that it knows no more are null. */
  async seen(tx: Transaction, computeResourceId: number, states: ReadonlyMap<string, string | null>): Promise<void> {
    const now = this.clock.now().getTime();
    const rows = JSON.stringify(
      [...states].map(([vmId, state]) => [vmId, state ?? 'removed', state === null ? now : null]),
    );
    const told = `(${rowsFromJson(tx.dialect, ['text', 'text', 'bigint'])}) AS told`;
    await tx.execute(
      `UPDATE machines SET state_at = ?,
         state = (SELECT told.c1 FROM ${told} WHERE told.c0 = machines.vm_id),
         removed_at = (SELECT told.c2 FROM ${told} WHERE told.c0 = machines.vm_id)
       WHERE compute_resource_id = ? AND state <> 'launching' AND vm_id IN (SELECT told.c0 FROM ${told})`,
      [now, rows, rows, computeResourceId, rows],
    );
  }

  /** Ids of VMs by compute resource, of each those of which nothing was heard for the longest time. */
  async watched(ofEach: number): Promise<Map<number, string[]>> {
    const rows = await this.database.query<RowOf<MachineRow, 'compute_resource_id' | 'vm_id'>>(
      `SELECT compute_resource_id, vm_id FROM (
         SELECT compute_resource_id, vm_id,
           ROW_NUMBER() OVER (PARTITION BY compute_resource_id ORDER BY state_at, id) AS place
         FROM machines WHERE removed_at IS NULL AND state <> 'launching') AS ranked
       WHERE place <= ?`,
      [ofEach],
    );
    const byResource = new Map<number, string[]>();
    for (const { compute_resource_id: id, vm_id: vmId } of rows)
      byResource.set(id, [...(byResource.get(id) ?? []), vmId]);
    return byResource;
  }

  /** Of others, at these compute resources: the newest, with the ids of their VMs. */
  async othersThan(ownerId: number, computeResourceIds: readonly number[], limit: number): Promise<OtherMachine[]> {
    if (computeResourceIds.length === 0) return [];
    return this.database.query<OtherMachine>(
      `SELECT id, vm_id, compute_resource_id FROM machines
       WHERE removed_at IS NULL AND (owner_id IS NULL OR owner_id <> ?)
         AND compute_resource_id IN (${placeholders(computeResourceIds.length)}) ORDER BY id DESC LIMIT ?`,
      [ownerId, ...computeResourceIds, limit],
    );
  }

  removeGone(tx: Transaction, limit: number): Promise<number> {
    return tx.execute(
      'DELETE FROM machines WHERE id IN (SELECT id FROM machines WHERE removed_at < ? ORDER BY removed_at, id LIMIT ?)',
      [this.clock.now().getTime() - DAY_MS, limit],
    );
  }
}

const purposeOf = (launchId: string) => `machine ${launchId}`;

export function toMachine(row: ShownMachine): Machine {
  return {
    id: row.id,
    computeResource: { id: row.compute_resource_id, name: row.resource_name },
    vmId: row.vm_id,
    name: row.name,
    state: row.state,
    stateAt: new Date(Number(row.state_at)),
    owner: { id: row.owner_id, login: row.owner_login },
    accessKeyId: row.access_key_id,
    keyGone: Boolean(row.key_gone),
    image: row.image,
    clusterId: row.cluster_id,
    datacenterId: row.datacenter_id,
    addresses: JSON.parse(row.addresses) as string[],
    launchId: row.launch_id,
    operationId: row.operation_id,
    failed: Boolean(row.failed),
    createdAt: new Date(Number(row.created_at)),
    removedAt: row.removed_at === null ? null : new Date(Number(row.removed_at)),
  };
}

async function merge(tx: Transaction, doubled: readonly DoubledPerson[]): Promise<void> {
  const pairs = `(${rowsFromJson(tx.dialect, ['integer', 'integer'])}) AS p`;
  const given = JSON.stringify(doubled.map(({ gone, kept }) => [gone, kept]));
  await tx.execute(
    `UPDATE machines SET owner_id = (SELECT p.c1 FROM ${pairs} WHERE p.c0 = machines.owner_id)
     WHERE owner_id IN (SELECT p.c0 FROM ${pairs})`,
    [given, given],
  );
}
