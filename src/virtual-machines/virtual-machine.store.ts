import { Injectable } from '@nestjs/common';
import type { ComputeResource, VirtualMachineSnapshot } from '../compute-resources';
import { Database, type RowOf, type Transaction } from '../database';
import type { Vm } from '../engine';
import { HostVmStore } from '../hosts';

/** A VM as an engine last told it. */
export interface RememberedVm {
  vm: Vm;
  computeResource: { id: number; name: string };
  seenAt: Date;
}

/** What is kept of VMs for when their engine does not answer. */
@Injectable()
export class VirtualMachineStore {
  constructor(
    private readonly database: Database,
    private readonly hosts: HostVmStore,
  ) {}

  /** The newest memory of a VM. */
  async remembered(vmId: string): Promise<RememberedVm | null> {
    const [row] = await this.database.query<
      RowOf<ComputeResource, 'id' | 'name'> & RowOf<VirtualMachineSnapshot, 'snapshot' | 'seen_at'>
    >(
      `SELECT c.id, c.name, v.snapshot, v.seen_at FROM virtual_machines v
       JOIN compute_resources c ON c.id = v.compute_resource_id
       WHERE v.vm_id = ? ORDER BY v.seen_at DESC, c.id LIMIT 1`,
      [vmId],
    );
    if (row === undefined) return null;
    const { id, name, snapshot, seen_at: seenAt } = row;
    return { vm: JSON.parse(snapshot) as Vm, computeResource: { id, name }, seenAt: new Date(seenAt) };
  }

  /** Keeps what the engine told; a host with this VM's UUID belongs to its compute resource from then on. */
  async remember(tx: Transaction, { vm, computeResource, seenAt }: RememberedVm): Promise<void> {
    await tx.execute(
      `INSERT INTO virtual_machines (compute_resource_id, vm_id, name, status, vcpus, memory_bytes, snapshot, seen_at)
       SELECT id, ?, ?, ?, ?, ?, ?, ? FROM compute_resources WHERE id = ?
       ON CONFLICT (compute_resource_id, vm_id) DO UPDATE SET name = excluded.name, status = excluded.status,
         vcpus = excluded.vcpus, memory_bytes = excluded.memory_bytes, snapshot = excluded.snapshot,
         seen_at = excluded.seen_at`,
      [vm.id, vm.name, vm.status, vm.vcpus, vm.memoryBytes, JSON.stringify(vm), seenAt.getTime(), computeResource.id],
    );
    await this.hosts.associateByUuid(tx, computeResource.id, [vm.id]);
  }
}
