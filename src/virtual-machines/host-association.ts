import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error';
import { EngineRegistry } from '../compute-resources';
import { UnitOfWork } from '../database';
import { EngineError, type EngineReader, type Vm } from '../engine';
import { VirtualMachineStore, type AssociatedHost } from './virtual-machine.store';

const MAX_VMS = 5_000;
/** VMs whose NICs are read one by one, in a single association. */
const MAX_READ = 200;
const READ_TOGETHER = 8;

/** Finds out which hosts are VMs of a compute resource: by UUID, else by the MAC address of a NIC. */
@Injectable()
export class HostAssociation {
  constructor(
    private readonly registry: EngineRegistry,
    private readonly store: VirtualMachineStore,
    private readonly work: UnitOfWork,
  ) {}

  /**
   * @param vmId only this VM
   * @returns the hosts that were not known to belong to it
   * @throws AppError engine_unreachable, unavailable, not_found
   */
  async associate(computeResourceId: number, vmId?: string): Promise<AssociatedHost[]> {
    const reader = await this.registry.accountReader(computeResourceId);
    try {
      const vmIds = vmId === undefined ? await allIds(reader) : [vmId.toLowerCase()];
      const byUuid = await this.work.run((tx) => this.store.associateByUuid(tx, computeResourceId, vmIds));
      return [...byUuid, ...(await this.byMac(computeResourceId, reader, vmIds))];
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      throw new AppError('engine_unreachable', error.message, { reason: error.kind }, { cause: error });
    }
  }

  private async byMac(computeResourceId: number, reader: EngineReader, vmIds: string[]): Promise<AssociatedHost[]> {
    if (!(await this.store.hasHostsToFind())) return [];
    const known = await this.store.known(vmIds);
    const found = await readAll(reader, vmIds.filter((id) => !known.has(id)).slice(0, MAX_READ));
    const withMacs = found
      .map(({ id, nics }) => ({ id, macs: nics.flatMap(({ mac }) => (mac === null ? [] : [mac])) }))
      .filter(({ macs }) => macs.length > 0);
    return this.work.run(async (tx) => {
      const hosts: AssociatedHost[] = [];
      for (const { id, macs } of withMacs)
        hosts.push(...(await this.store.associateByMac(tx, computeResourceId, id, macs)));
      return hosts;
    });
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
