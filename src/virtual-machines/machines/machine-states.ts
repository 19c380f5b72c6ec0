import { Injectable, Logger } from '@nestjs/common';
import { EngineRegistry } from '../../compute-resources';
import { SharedWorks, UnitOfWork, removeInBatches } from '../../database';
import { MachineStore } from './machine.store';

const EVERY_MS = 30_000;
/** Looked at in one go: as many as one request asks for. */
const AT_ONCE = 100;

/** Keeps what the engines say of machines by now, so that lists can be searched by it; read by the service accounts. */
@Injectable()
export class MachineStates {
  private readonly logger = new Logger(MachineStates.name);

  constructor(
    works: SharedWorks,
    private readonly machines: MachineStore,
    private readonly registry: EngineRegistry,
    private readonly work: UnitOfWork,
  ) {
    works.add({
      name: 'states of machines',
      everyMs: EVERY_MS,
      work: (signal) => this.refresh(signal),
      onFailure: (error) => this.logger.warn(error, 'states of machines are not brought up to date'),
    });
  }

  async refresh(signal?: AbortSignal): Promise<void> {
    await removeInBatches(this.work, (tx, limit) => this.machines.removeGone(tx, limit), signal);
    const watched = await this.machines.watched(AT_ONCE);
    const asked = [...watched].map(([id, vmIds]) => this.ask(id, vmIds, signal));
    for (const outcome of await Promise.allSettled(asked))
      if (outcome.status === 'rejected') this.logger.debug(outcome.reason); // an engine is away
  }

  private async ask(computeResourceId: number, vmIds: string[], signal?: AbortSignal): Promise<void> {
    const engine = await this.registry.engine(computeResourceId);
    const as = await this.registry.watcher(computeResourceId);
    const found = new Map((await engine.vms.byIds(as, vmIds, { signal })).map(({ id, status }) => [id, status]));
    // What is gone and what this account may not see look alike: only our own removal, or the owner's look, tells them apart.
    const states = new Map(vmIds.map((id) => [id, found.get(id) ?? 'unknown']));
    await this.work.run((tx) => this.machines.seen(tx, computeResourceId, states));
  }
}
