import { Injectable } from '@nestjs/common';
import { AppError, notFound } from '../common/app-error';
import { EngineRegistry } from '../compute-resources';
import { UnitOfWork, type Transaction } from '../database';
import { EngineError, isEngineId, type EngineReader, type Vm } from '../engine';
import { HostVmStore, type AssociatedHost, type VmMac } from '../hosts';

const MAX_VMS = 5_000;
/** VMs whose NICs are read one by one, in a single association. */
const MAX_READ = 200;
const READ_TOGETHER = 8;

/** Called with hosts that were just associated, in the same work. */
type Recorder = (tx: Transaction, hosts: AssociatedHost[]) => Promise<void>;

/** Of an engine: the ids of its VMs, and the NICs of those that were read one by one. */
interface EngineVms {
  ids: string[];
  macs: VmMac[];
}

/** Finds out which hosts are VMs of a compute resource: by UUID, else by the MAC address of a NIC. */
@Injectable()
export class HostAssociation {
  constructor(
    private readonly registry: EngineRegistry,
    private readonly hosts: HostVmStore,
    private readonly work: UnitOfWork,
  ) {}

  /**
   * @param vmId only this VM; undefined: all of the compute resource
   * @param record keeps who did it; not called when no host was found
   * @returns the hosts that were not known to belong to it
   * @throws AppError engine_unreachable, unavailable, not_found
   */
  async associate(computeResourceId: number, vmId: string | undefined, record: Recorder): Promise<AssociatedHost[]> {
    const { ids, macs } = await this.vmsOf(computeResourceId, vmId);
    return this.work.run(async (tx) => {
      const byUuid = await this.hosts.associateByUuid(tx, computeResourceId, ids);
      const byMac = macs.length > 0 ? await this.hosts.associateByMac(tx, computeResourceId, macs) : [];
      const found = [...byUuid, ...byMac];
      if (found.length > 0) await record(tx, found);
      return found;
    });
  }

  private async vmsOf(computeResourceId: number, vmId: string | undefined): Promise<EngineVms> {
    const reader = await this.registry.accountReader(computeResourceId);
    try {
      return vmId === undefined ? await this.everyVm(reader) : await oneVm(reader, vmId);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      await this.registry.accountReader(computeResourceId); // removed meanwhile: its connections were closed
      throw new AppError('engine_unreachable', error.message, { reason: error.kind }, { cause: error });
    }
  }

  /** NICs are read of VMs that no host is known to be, as long as some host might be one. */
  private async everyVm(reader: EngineReader): Promise<EngineVms> {
    const ids = await allIds(reader);
    if (!(await this.hosts.hasHostsToFind(ids))) return { ids, macs: [] };
    const known = await this.hosts.known(ids);
    const vms = await readAll(reader, ids.filter((id) => !known.has(id)).slice(0, MAX_READ));
    return { ids, macs: vms.flatMap(macsOf) };
  }
}

/** @throws AppError not_found */
async function oneVm(reader: EngineReader, vmId: string): Promise<EngineVms> {
  const vm = isEngineId(vmId) ? await reader.virtualMachine(vmId) : null;
  if (!vm) throw notFound('vm', vmId);
  return { ids: [vm.id], macs: macsOf(vm) };
}

function macsOf({ id, nics }: Vm): VmMac[] {
  return nics.flatMap(({ mac }) => (mac === null ? [] : [{ vmId: id, mac }]));
}

async function allIds(reader: EngineReader): Promise<string[]> {
  return (await reader.virtualMachines({ limit: MAX_VMS })).map(({ id }) => id);
}

async function readAll(reader: EngineReader, vmIds: string[]): Promise<Vm[]> {
  const vms: Vm[] = [];
  for (let from = 0; from < vmIds.length; from += READ_TOGETHER) {
    const together = vmIds.slice(from, from + READ_TOGETHER).map((id) => reader.virtualMachine(id));
    vms.push(...(await Promise.all(together)).filter((vm) => vm !== null));
  }
  return vms;
}
