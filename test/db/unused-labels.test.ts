import type { Database, Transaction } from '../../src/database';
import { HostAttributesStore } from '../../src/hosts';
import { openDatabase } from '../support/database';

const NOW = new Date(1_000_000);

describe('labels that no host has', () => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => ({ database, close } = await openDatabase()));
  afterAll(() => close());

  const run = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => database.unitOfWork.run(work);
  async function makeHost(name: string): Promise<number> {
    const sql = 'INSERT INTO hosts (name, created_at, updated_at) VALUES (?, 1, 1) RETURNING id';
    const [row] = await run((tx) => tx.query<{ id: number }>(sql, [name]));
    return row?.id ?? 0;
  }

  it('are not remembered by works that went before their removal in the same commit', async () => {
    const store = new HostAttributesStore();
    const [gone, stays] = [await makeHost('gone'), await makeHost('stays')];
    const removeHost = (tx: Transaction) => tx.execute('DELETE FROM hosts WHERE id = ?', [gone]);
    const give = (hostId: number) => (tx: Transaction) => store.set(tx, hostId, { model: 'X' }, NOW);
    const removals = store.unusedLabels().map((remove) => (tx: Transaction) => remove(tx, 0, 100));
    const works = [give(gone), removeHost, ...removals];
    await Promise.allSettled(works.map((work) => run<unknown>(work))); // on PostgreSQL they race
    await run(give(stays));
    expect(await database.query('SELECT m.name FROM hosts h JOIN models m ON m.id = h.model_id')).toEqual([
      { name: 'X' },
    ]);
  });
});
