import { ENTITIES } from '../../src/app.entities';
import type { DatabaseConfig } from '../../src/config';
import { Database, Signals, type Transaction } from '../../src/database';
import { FactStore } from '../../src/hosts';
import { makeDatabase } from '../support/database';

const NOW = new Date(1_000_000);
const ORIGIN = 'Puppet';

let config: DatabaseConfig;
let drop: () => Promise<void>;
let database: Database;
beforeEach(async () => {
  ({ config, drop } = await makeDatabase());
  database = await Database.open(config, ENTITIES);
});
afterEach(async () => {
  await database.close();
  await drop();
});

/** As an instance has it; it hears of no other until `signals` listens. */
const instance = (signals = new Signals(config)) => new FactStore(signals);

async function makeHost(name: string): Promise<number> {
  const sql = 'INSERT INTO hosts (name, created_at, updated_at) VALUES (?, 1, 1) RETURNING id';
  const [row] = await database.unitOfWork.run((tx) => tx.query<{ id: number }>(sql, [name]));
  return row?.id ?? 0;
}
const removeHost = (id: number) => (tx: Transaction) => tx.execute('DELETE FROM hosts WHERE id = ?', [id]);
const put =
  (store: FactStore, hostId: number, ...names: string[]) =>
  (tx: Transaction) =>
    store.replace(tx, hostId, ORIGIN, new Map(names.map((name) => [name, 'x'])), NOW);
const removeUnused = (store: FactStore) => (tx: Transaction) => store.removeUnusedNames(tx, 0, 100);
const run = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => database.unitOfWork.run(work);

async function namesOf(hostId: number): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `SELECT n.name FROM fact_values v JOIN fact_names n ON n.id = v.fact_name_id WHERE v.host_id = ? ORDER BY n.name`,
    [hostId],
  );
  return rows.map(({ name }) => name);
}
const allNames = () => database.query<{ name: string }>('SELECT name FROM fact_names ORDER BY name');

describe('names of facts', () => {
  it('that nothing uses are removed, and made anew when they are used again', async () => {
    const store = instance();
    const host = await makeHost('web1');
    await run(put(store, host, 'a', 'b'));
    await run(put(store, host, 'b'));
    expect(await run(removeUnused(store))).toMatchObject({ removed: 1 });
    expect(await allNames()).toEqual([{ name: 'b' }]);
    await run(put(store, host, 'a', 'b'));
    expect(await namesOf(host)).toEqual(['a', 'b']);
  });

  it('are forgotten at once, not only with the commit, which other works may share', async () => {
    const store = instance();
    const [gone, stays] = [await makeHost('gone'), await makeHost('stays')];
    await run(put(store, gone, 'a'));
    await run(removeHost(gone));
    await run(async (tx) => {
      await removeUnused(store)(tx);
      await put(store, stays, 'a')(tx);
    });
    expect(await namesOf(stays)).toEqual(['a']);
  });

  it('are not remembered by works that went before in the same commit', async () => {
    const store = instance();
    const [gone, stays] = [await makeHost('gone'), await makeHost('stays')];
    const works = [put(store, gone, 'a'), removeHost(gone), removeUnused(store)];
    await Promise.allSettled(works.map((work) => run<unknown>(work))); // on PostgreSQL they race, and the host may be gone first
    await run(put(store, stays, 'a'));
    expect(await namesOf(stays)).toEqual(['a']);
  });
});

const onPostgres = process.env.DB === 'postgres' ? describe : describe.skip;
onPostgres('names of facts that another instance removed', () => {
  /** Another instance has removed the name that `store` knows; `tries` are those of the upload that uses it then. */
  async function removedElsewhere(store: FactStore): Promise<{ tries: () => number; upload: () => Promise<void> }> {
    const [gone, stays] = [await makeHost('gone'), await makeHost('stays')];
    await run(put(store, gone, 'a'));
    await run(removeHost(gone));
    expect(await run(removeUnused(instance()))).toMatchObject({ removed: 1 });
    let tries = 0;
    return {
      tries: () => tries,
      upload: async () => {
        await run((tx) => {
          tries += 1;
          return put(store, stays, 'a')(tx);
        });
        expect(await namesOf(stays)).toEqual(['a']);
      },
    };
  }

  it('are forgotten when an upload meets it: it is run once more, and stored', async () => {
    const { tries, upload } = await removedElsewhere(instance());
    await upload();
    expect(tries()).toBe(2);
  });

  it('are forgotten when the instance hears of it', async () => {
    const signals = new Signals(config);
    await signals.onApplicationBootstrap();
    const store = instance(signals);
    const heard = new Promise<void>((resolve) => signals.on('fact names', () => resolve()));
    const { tries, upload } = await removedElsewhere(store);
    await heard;
    await upload();
    expect(tries()).toBe(1);
    await signals.onApplicationShutdown();
  });
});
