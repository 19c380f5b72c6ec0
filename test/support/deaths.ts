import { Signals, type Transaction } from '../../src/database';
import { EngineHttp, type EngineAnswer, type EngineRequest } from '../../src/engine/engine-http';
import type { Operation } from '../../src/operations';
import { OperationStore } from '../../src/operations/operation.store';
import type { RunningApp } from './app';

/** Around which of the things that an operation does to the engine or to its row its process is gone; from 0 on. */
export interface Death {
  at: number;
  when: 'before' | 'after';
}

/** All deaths of an operation that does so many things. */
export const deathsOf = (things: number): Death[] =>
  Array.from({ length: things }, (_, at) => [{ at, when: 'before' } as const, { at, when: 'after' } as const]).flat();

type Request = (this: EngineHttp, sent: EngineRequest) => Promise<EngineAnswer>;

/** Thrown where the process of an operation is gone. */
class Gone extends Error {}

/**
 * Has the processes die that run operations. Who is dead writes nothing any more, neither to the engine nor to its row,
 * whose lease runs out at once: the runner of the service takes it over from what is written down.
 */
export class Deaths {
  /** What each operation did, by its id: `POST /vms`, `row`, … */
  readonly done = new Map<string, string[]>();
  happened = 0;
  private readonly planned: Death[] = [];
  private readonly plans = new Map<string, Death | undefined>();
  private readonly dead = new Set<string>();
  private readonly spies: { mockRestore(): void }[] = [];

  constructor(private readonly app: RunningApp) {
    this.watchRows();
    this.watchEngine();
  }

  /** The next operations to be seen die so, in turn. */
  plan(deaths: readonly Death[]): void {
    this.planned.push(...deaths);
  }

  restore(): void {
    for (const spy of this.spies.splice(0)) spy.mockRestore();
  }

  private watchRows(): void {
    const store = this.app.app.get(OperationStore);
    const save = store.save.bind(store);
    this.spies.push(
      jest.spyOn(store, 'save').mockImplementation(async (tx, owner, operation: Operation) => {
        const { id } = operation;
        if (this.dead.delete(id)) return this.lost(tx, id);
        const when = this.next(id, 'row');
        if (when === 'before') return this.lost(tx, id);
        const saved = await save(tx, owner, operation);
        return when === 'after' ? this.lost(tx, id) : saved;
      }),
    );
  }

  private watchEngine(): void {
    const client: { request: Request } = EngineHttp.prototype;
    const { request } = client;
    const around = (id: string, what: string, send: () => Promise<EngineAnswer>) => this.around(id, what, send);
    this.spies.push(
      jest.spyOn(client, 'request').mockImplementation(function (this: EngineHttp, sent) {
        const send = () => request.call(this, sent);
        const id = sent.headers?.['correlation-id'];
        return id === undefined ? send() : around(id, `${sent.method ?? 'GET'} ${shortened(sent.path)}`, send);
      }),
    );
  }

  private async around<T>(id: string, what: string, send: () => Promise<T>): Promise<T> {
    if (this.dead.has(id)) throw new Gone();
    const when = this.next(id, what);
    if (when === 'before') this.die(id);
    const answer = await send();
    if (when === 'after') this.die(id);
    return answer;
  }

  private die(id: string): never {
    this.dead.add(id);
    throw new Gone();
  }

  /** Its row is anybody's. */
  private async lost(tx: Transaction, id: string): Promise<false> {
    await tx.execute('UPDATE operations SET lease_owner = NULL, lease_until = NULL, due_at = 0 WHERE id = ?', [id]);
    await this.app.app.get(Signals).notify(tx, 'operations');
    return false;
  }

  private next(id: string, what: string): Death['when'] | undefined {
    if (!this.plans.has(id)) this.plans.set(id, this.planned.shift());
    const done = this.done.get(id) ?? [];
    this.done.set(id, [...done, what]);
    const death = this.plans.get(id);
    if (death?.at !== done.length) return undefined;
    this.happened += 1;
    return death.when;
  }
}

/** `/ovirt-engine/api/vms/ID/start` is `start`, `/ovirt-engine/api/vms` is `vms`. */
const shortened = (path: string) => path.replace(/\?.*/, '').replace(/.*\//, '');
