import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error';
import { EngineRegistry } from '../compute-resources';
import { UnitOfWork, type Transaction } from '../database';
import { EngineError, type EngineReader, type Vm } from '../engine';
import { HostVmStore, type AssociatedHost, type VmMac } from '../hosts';

const MAX_VMS = 5_000;
/** VMs whose NICs are read one by one, in a single association. */
const MAX_READ = 200;
const READ_TOGETHER = 8;

/** Called with hosts that were just associated, in the same work. */
type Recorder = (tx: Transaction, hosts: AssociatedHost[]) => Promise<void>;

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
   * @param record keeps who did it; called for each of the two works that finds any
   * @returns the hosts that were not known to belong to it
   * @throws AppError engine_unreachable, unavailable, not_found
   */
  async associate(computeResourceId: number, vmId: string | undefined, record: Recorder): Promise<AssociatedHost[]> {
    const reader = await this.registry.accountReader(computeResourceId);
    const keep = (find: (tx: Transaction) => Promise<AssociatedHost[]>) =>
      this.work.run(async (tx) => {
        const found = await find(tx);
        if (found.length > 0) await record(tx, found);
        return found;
      });
    try {
      const vmIds = vmId === undefined ? await allIds(reader) : [vmId.toLowerCase()];
      const byUuid = await keep((tx) => this.hosts.associateByUuid(tx, computeResourceId, vmIds));
      const macs = await this.macsOf(reader, vmIds);
      if (macs.length === 0) return byUuid;
      return [...byUuid, ...(await keep((tx) => this.hosts.associateByMac(tx, computeResourceId, macs)))];
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      throw new AppError('engine_unreachable', error.message, { reason: error.kind }, { cause: error });
    }
  }

  /** Of the VMs that no host is known to be, as long as some host might be one. */
  private async macsOf(reader: EngineReader, vmIds: string[]): Promise<VmMac[]> {
    if (!(await this.hosts.hasHostsToFind())) return [];
    const known = await this.hosts.known(vmIds);
    const found = await readAll(reader, vmIds.filter((id) => !known.has(id)).slice(0, MAX_READ));
    return found.flatMap(({ id, nics }) => nics.flatMap(({ mac }) => (mac === null ? [] : [{ vmId: id, mac }])));
  }
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
