import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '../common/app-error';
import { Clock, MINUTE_MS } from '../common/clock';
import { ComputeResourceStore, EngineRegistry, type ComputeResource } from '../compute-resources';
import { UnitOfWork } from '../database';
import { EngineError, type Vm } from '../engine';
import { VirtualMachineStore, type RememberedVm } from './virtual-machine.store';

/** What is known of the VM that a host is. */
export type VmSighting =
  | ({ kind: 'live' } & RememberedVm)
  /** The engine does not answer; so it was when it last did. */
  | ({ kind: 'remembered'; fault: string } & RememberedVm)
  | { kind: 'none' }
  /** The engine does not answer, and never told of such a VM. */
  | { kind: 'unknown'; fault: string };

/** The host as far as it tells which VM it is. */
export interface VmHost {
  /** The VM's id. */
  uuid: string | null;
  computeResource: { id: number } | null;
}

const PATIENCE_MS = 5_000;

type Found = { vm: Vm; computeResource: ComputeResource };

/** Finds the VM that a host is, with the service accounts of the registered engines. */
@Injectable()
export class VirtualMachineReader {
  private readonly logger = new Logger(VirtualMachineReader.name);

  constructor(
    private readonly registry: EngineRegistry,
    private readonly resources: ComputeResourceStore,
    private readonly store: VirtualMachineStore,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async of({ uuid, computeResource }: VmHost): Promise<VmSighting> {
    if (uuid === null) return { kind: 'none' };
    const { own, others } = await this.whomToAsk(computeResource?.id);
    try {
      const found = (own && (await this.ask(own, uuid))) ?? (await this.askAll(others, uuid));
      return found === null ? { kind: 'none' } : await this.seen(found);
    } catch (error) {
      const fault = faultOf(error);
      this.logger.debug(error);
      const remembered = await this.store.remembered(uuid);
      return remembered ? { kind: 'remembered', fault, ...remembered } : { kind: 'unknown', fault };
    }
  }

  /** The host's own compute resource, and one for each other engine. */
  private async whomToAsk(ownId: number | undefined): Promise<{ own?: ComputeResource; others: ComputeResource[] }> {
    const all = await this.resources.list();
    const own = all.find(({ id }) => id === ownId);
    const others = all.filter(
      ({ engineId }, index) =>
        engineId !== own?.engineId && all.findIndex((other) => other.engineId === engineId) === index,
    );
    return { own, others };
  }

  private async ask(computeResource: ComputeResource, vmId: string): Promise<Found | null> {
    const reader = await this.registry.accountReader(computeResource.id);
    const vm = await reader.virtualMachine(vmId, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return vm && { vm, computeResource };
  }

  /** The first that has it; null when every one answered that it has not. @throws when one did not answer */
  private askAll(resources: ComputeResource[], vmId: string): Promise<Found | null> {
    return new Promise((resolve, reject) => {
      const asked = resources.map(async (resource) => {
        const found = await this.ask(resource, vmId);
        if (found) resolve(found);
      });
      // all have answered by then: what one of them found has been resolved already
      void Promise.allSettled(asked).then((outcomes) => {
        const failed = outcomes.find(({ status }) => status === 'rejected');
        if (failed?.status === 'rejected') reject(asError(failed.reason));
        else resolve(null);
      });
    });
  }

  private async seen({ vm, computeResource: { id, name } }: Found): Promise<VmSighting> {
    const seenAt = this.clock.now();
    const sighting = { vm, computeResource: { id, name }, seenAt };
    const before = await this.store.remembered(vm.id);
    const isNews =
      before === null ||
      before.computeResource.id !== id ||
      seenAt.getTime() - before.seenAt.getTime() > MINUTE_MS ||
      JSON.stringify(before.vm) !== JSON.stringify(vm);
    if (isNews) await this.work.run((tx) => this.store.remember(tx, sighting));
    return { kind: 'live', ...sighting };
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** What a reader of the page may know of it. */
function faultOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `The engine did not answer within ${PATIENCE_MS / 1000} s`;
  if (error instanceof EngineError || error instanceof AppError) return error.message;
  throw error;
}
