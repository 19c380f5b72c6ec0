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
    const { client, as } = this.engine;
    const name = `${this.name}-${randomUUID().slice(0, 4)}`;
    const wanted = { id: randomUUID(), name, clusterId: await this.clusterId(), templateId: BLANK };
    const vm = await client.vms.create(as, { ...wanted, memoryBytes: GIB / 4, ...more }, this.by);
    this.undoVms.push(() => this.removeVm(vm.id));
    return this.untilDown(vm.id);
  }

  async makeDisk(): Promise<EngineDisk> {
    const { client, as } = this.engine;
    const storageDomainId = await this.storageDomainId();
    const wanted = { id: randomUUID(), name: this.name, provisionedBytes: GIB, format: 'cow', sparse: true } as const;
    const disk = await client.disks.create(as, { ...wanted, storageDomainId }, this.by);
    this.removeLater(
      () => client.disks.get(as, disk.id),
      () => client.disks.remove(as, disk.id, this.by),
    );
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
      const seen = await look();
      if (isSo(seen) && seen !== null && seen !== undefined) return seen;
      await this.engine.pass(LOOK_EVERY_MS);
    }
    throw new Error('It did not come so');
  }

  undoLater(undo: () => Promise<unknown>): void {
    this.undo.push(undo);
  }

  /** What is removed may still be there for a while. */
  removeLater(look: () => Promise<unknown>, remove: () => Promise<unknown>): void {
    this.undoLater(async () => {
      if ((await look()) === null) return;
      await remove();
      await this.untilGone(look);
    });
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
