import { randomUUID } from 'node:crypto';
import {
  EngineError,
  retryOf,
  type EngineClient,
  type EngineDisk,
  type EngineIdentity,
  type EngineVm,
  type NewVm,
} from '../../src/engine';

/** An engine on which the ports prove what they promise. */
export interface ContractEngine {
  client: EngineClient;
  /** An administrator. */
  as: EngineIdentity;
  /** Name of the data center in which things are made; it must be up and have a cluster and an active data domain. */
  dataCenter: string;
  /** Lets time go by at the engine. */
  pass(ms: number): Promise<void>;
  /** Whether somebody wants it to end early: nothing more is made, and what was made is removed. */
  isStopped?: () => boolean;
}

const BLANK = '00000000-0000-0000-0000-000000000000';
const GIB = 1024 ** 3;
const LOOK_EVERY_MS = 1_000;
const PATIENCE_MS = 300_000;

/** What the cases of one run make, and how they get rid of it. */
export class ContractRun {
  readonly name = `foreman-ovirt-check-${randomUUID().slice(0, 8)}`;
  /** One operation for all. */
  readonly by = { correlationId: randomUUID() };
  private isRemoving = false;
  private readonly undo: (() => Promise<unknown>)[] = [];
  private readonly undoVms: (() => Promise<unknown>)[] = [];

  constructor(readonly engine: ContractEngine) {}

  async clusterId(): Promise<string> {
    const { client, as, dataCenter } = this.engine;
    const { id } = await this.dataCenter();
    const cluster = (await client.places.clusters(as)).find(({ dataCenterId }) => dataCenterId === id);
    if (!cluster) throw new Error(`${dataCenter} has no cluster`);
    return cluster.id;
  }

  async storageDomainId(): Promise<string> {
    const { client, as, dataCenter } = this.engine;
    const { id: dataCenterId } = await this.dataCenter();
    const domains = await client.places.storageDomains(as, { dataCenterId });
    const domain = domains.find(({ type, status }) => type === 'data' && status === 'active');
    if (!domain) throw new Error(`${dataCenter} has no active data domain`);
    return domain.id;
  }

  async makeVm(more: Partial<NewVm> = {}): Promise<EngineVm> {
    this.goOn();
    const { client, as } = this.engine;
    const name = `${this.name}-${randomUUID().slice(0, 4)}`;
    const usual = { id: randomUUID(), name, clusterId: await this.clusterId(), templateId: BLANK };
    const wanted = { ...usual, memoryBytes: GIB / 4, ...more };
    this.undoVms.push(() => this.removeVm(wanted.id)); // before it is sent: its answer may be lost
    const vm = await client.vms.create(as, wanted, this.by);
    return this.untilDown(vm.id);
  }

  async makeDisk(): Promise<EngineDisk> {
    this.goOn();
    const { client, as } = this.engine;
    const storageDomainId = await this.storageDomainId();
    const wanted = { id: randomUUID(), name: this.name, provisionedBytes: GIB, format: 'cow', sparse: true } as const;
    this.removeLater(
      () => client.disks.get(as, wanted.id),
      ({ id }) => client.disks.remove(as, id, this.by),
    );
    const disk = await client.disks.create(as, { ...wanted, storageDomainId }, this.by);
    return this.until(
      () => client.disks.get(as, disk.id),
      (seen) => seen?.status === 'ok',
    );
  }

  untilDown(id: string): Promise<EngineVm> {
    return this.until(
      () => this.engine.client.vms.get(this.engine.as, id),
      (vm) => vm?.status === 'down',
    );
  }

  /** Looks until it is so. */
  async until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<NonNullable<T>> {
    for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
      this.goOn();
      const seen = await look();
      if (isSo(seen) && seen !== null && seen !== undefined) return seen;
      await this.engine.pass(LOOK_EVERY_MS);
    }
    throw new Error('It did not come so');
  }

  undoLater(undo: () => Promise<unknown>): void {
    this.undo.push(undo);
  }

  /**
   * To be called before it is made: an answer may be lost. What is removed may still be there for a while.
   * @param look by an id that was chosen, or by name
   */
  removeLater<T extends object>(
    look: () => Promise<T | null | undefined>,
    remove: (made: T) => Promise<unknown>,
  ): void {
    const seen = async () => (await look()) ?? null;
    this.undoLater(async () => {
      const made = await seen();
      if (made === null) return;
      await remove(made);
      await this.untilGone(seen);
    });
  }

  /** @throws Error once it is to end early, but for what removes */
  goOn(): void {
    if (!this.isRemoving && this.engine.isStopped?.()) throw new Error('It was stopped');
  }

  async untilGone(look: () => Promise<unknown>): Promise<void> {
    await this.until(
      async () => ({ isGone: (await look()) === null }),
      ({ isGone }) => isGone,
    );
  }

  /** VMs first, since the engine keeps what runs; each as often as the engine says that it will do it later. */
  async leaveNothing(): Promise<void> {
    const left: unknown[] = [];
    this.isRemoving = true;
    for (const undo of [...this.undoVms.splice(0).reverse(), ...this.undo.splice(0).reverse()])
      await this.persist(undo).catch((error: unknown) => left.push(error));
    if (left.length > 0) throw new AggregateError(left, `Something named ${this.name}… was left behind`);
  }

  private async persist(undo: () => Promise<unknown>): Promise<void> {
    for (let waited = 0; ; waited += LOOK_EVERY_MS) {
      try {
        return void (await undo());
      } catch (error) {
        const passes = error instanceof EngineError && retryOf(error) === 'later' && waited < PATIENCE_MS;
        if (!passes) throw error;
        await this.engine.pass(LOOK_EVERY_MS);
      }
    }
  }

  private async dataCenter(): Promise<{ id: string }> {
    const { client, as, dataCenter } = this.engine;
    const found = (await client.places.dataCenters(as)).find(({ name }) => name === dataCenter);
    if (!found) throw new Error(`The engine has no data center ${dataCenter}`);
    return found;
  }

  private async removeVm(id: string): Promise<void> {
    const { client, as } = this.engine;
    const vm = await client.vms.get(as, id);
    if (!vm) return;
    if (vm.deleteProtected) await client.vms.update(as, id, { deleteProtected: false }, this.by);
    if (vm.status !== 'down') await client.vms.stop(as, id, this.by);
    await this.untilDown(id);
    await client.vms.remove(as, id, this.by);
    await this.untilGone(() => client.vms.get(as, id));
  }
}
