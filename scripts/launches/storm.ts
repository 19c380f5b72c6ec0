import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startEngineSimulator, simTemplate, type EngineSimulator } from '../../tools/engine-simulator';
import { guid } from '../../tools/engine-simulator/seeds';
import { StormCaller, type Instance, type Shown } from './caller';

export interface StormOptions {
  /** Starts a process of the service on the database. */
  start: () => Promise<Instance>;
  /** So many at once. */
  instances: number;
  kills: number;
  /** `Authorization` of a local administrator. */
  administrator: string;
  say?: (text: string) => void;
}

export interface StormOutcome {
  /** How operations ended, by kind and state: `vm.launch succeeded`. */
  ends: Record<string, number>;
  /** Titles of those that did not end. */
  endless: string[];
  /** VMs that the engine has at the end, of those that were launched. */
  vms: number;
  /** VMs in the engine that no machine and no `left_behind` tells of. */
  forgotten: string[];
  /** Names that the engine has twice, or has been told to start twice. */
  doubled: string[];
  /** Machines that the service tells of and the engine has not. */
  missing: string[];
  kills: number;
  seconds: number;
}

const GIB = 1024 ** 3;
/** The engine's time runs so much faster. */
const FASTER = 10;
const WORKERS = 6;
const END_WITHIN_MS = 300_000;
const VMS_STARTED = 153;

/** Launches, power-cycles, cancels and removes VMs without end, while the processes of the service are killed. */
export class Storm {
  private readonly instances: Instance[] = [];
  private readonly operations = new Map<string, Shown>();
  private isOver = false;
  private launched = 0;

  constructor(private readonly options: StormOptions) {}

  async run(): Promise<StormOutcome> {
    const startedAt = Date.now();
    const now = () => startedAt + (Date.now() - startedAt) * FASTER;
    const engine = await startEngineSimulator({ version: '4.5', now });
    try {
      addTemplate(engine);
      for (let n = 0; n < this.options.instances; n += 1) this.instances.push(await this.options.start());
      const caller = new StormCaller(() => this.anyInstance());
      await caller.prepare(engine.url, this.options.administrator);
      const workers = Array.from({ length: WORKERS }, (_, n) => this.work(caller, n));
      await this.killAgainAndAgain(engine);
      this.isOver = true;
      await Promise.all(workers);
      const outcome = await this.compare(caller, engine);
      return { ...outcome, kills: this.options.kills, seconds: (Date.now() - startedAt) / 1000 };
    } finally {
      await Promise.all(this.instances.map((instance) => instance.kill()));
      await engine.close();
    }
  }

  private anyInstance(): Instance | undefined {
    return this.instances[randomInt(this.instances.length)];
  }

  private async killAgainAndAgain(engine: EngineSimulator): Promise<void> {
    for (let n = 0; n < this.options.kills; n += 1) {
      await pause(randomInt(100, 2_000));
      this.disturb(engine);
      const victim = randomInt(this.instances.length);
      await this.instances[victim]?.kill();
      this.instances[victim] = await this.options.start();
      if ((n + 1) % 10 === 0) this.options.say?.(`${n + 1} kills, ${this.operations.size} operations`);
    }
  }

  /** Now and then an answer is lost, too. */
  private disturb({ control }: EngineSimulator): void {
    const kind = (['cut', 'cut_after', 'late'] as const)[randomInt(3)] ?? 'cut';
    control.fault({ kind, delayMs: randomInt(4_000), method: 'POST', path: '/ovirt-engine/api/vms', times: 1 });
  }

  /** One VM after the other. */
  private async work(caller: StormCaller, worker: number): Promise<void> {
    while (!this.isOver) {
      const name = `storm${worker}-${(this.launched += 1)}`;
      const { operation, machineId } = await caller.launch(name);
      this.operations.set(operation.id, operation);
      if (randomInt(4) === 0) await caller.cancel(operation.id);
      const end = await this.ended(caller, operation.id);
      if (end?.state !== 'succeeded') continue;
      for (const action of [['reboot'], ['stop', 'start'], []][randomInt(3)] ?? [])
        await this.act(caller, `POST ${machineId}/${action}`);
      if (randomInt(3) > 0) await this.act(caller, `DELETE ${machineId}`);
    }
  }

  private async act(caller: StormCaller, what: string): Promise<void> {
    const operation = await caller.act(what);
    if (operation === null) return; // refused, since it is in another state
    this.operations.set(operation.id, operation);
    await this.ended(caller, operation.id);
  }

  private async ended(caller: StormCaller, id: string): Promise<Shown | null> {
    for (const until = Date.now() + END_WITHIN_MS; Date.now() < until; await pause(200)) {
      const shown = await caller.operation(id);
      this.operations.set(id, shown);
      if (shown.finished_at !== null) return shown;
    }
    return null;
  }

  private async compare(
    caller: StormCaller,
    { data }: EngineSimulator,
  ): Promise<Omit<StormOutcome, 'kills' | 'seconds'>> {
    const operations = [...this.operations.values()];
    const ends: Record<string, number> = {};
    for (const { kind, state } of operations) ends[`${kind} ${state}`] = (ends[`${kind} ${state}`] ?? 0) + 1;
    const machines = await caller.machines();
    const told = new Set([...machines, ...operations.flatMap(({ left_behind: left }) => left.map(({ id }) => id))]);
    const vms = data.vms.filter(({ name }) => name.startsWith('storm'));
    const names = vms.map(({ name }) => name);
    const launches = new Set(operations.filter(({ kind }) => kind === 'vm.launch').map(({ id }) => id));
    const starts = data.events.filter(
      ({ code, correlationId }) => code === VMS_STARTED && launches.has(correlationId ?? ''),
    );
    const started = starts.map(({ correlationId }) => correlationId);
    return {
      ends,
      endless: operations.filter(({ finished_at: at }) => at === null).map(({ title }) => title),
      vms: vms.length,
      forgotten: vms.filter(({ id }) => !told.has(id)).map(({ name }) => name),
      doubled: [
        ...names.filter((name, n) => names.indexOf(name) !== n),
        ...started.filter((id, n) => started.indexOf(id) !== n).map((id) => `started twice by ${id}`),
      ],
      missing: machines.filter((id) => !vms.some((vm) => vm.id === id)),
    };
  }
}

function addTemplate({ data }: EngineSimulator): void {
  const disks = [{ id: guid(0xe8, 1), name: 'debian-12', provisionedBytes: 10 * GIB }];
  const nics = [{ id: guid(0xe9, 1), name: 'nic1', mac: '', addresses: [] }];
  const clusterId = data.clusters[0]?.id ?? null;
  data.templates.push(simTemplate({ id: guid(0xe7, 1), name: 'debian-12', clusterId, nics, disks }));
}
