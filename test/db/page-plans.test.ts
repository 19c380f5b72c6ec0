import { Clock } from '../../src/common/clock';
import { Database } from '../../src/database';
import { HostListReadModel } from '../../src/hosts/host-list.read-model';
import { ReportListReadModel } from '../../src/report-pages/report-list.read-model';
import { parseSearch } from '../../src/search';
import { openDatabase } from '../support/database';

class SetClock extends Clock {
  now(): Date {
    return new Date(10_000_000);
  }
}
const HOSTS = 3_000;

/** How the newest page query that a read model sent is carried out. */
describe('page queries', () => {
  let database: Database;
  let close: () => Promise<void>;
  let sent: { sql: string; params: readonly unknown[] }[];
  beforeAll(async () => {
    ({ database, close } = await openDatabase());
    await database.unitOfWork.run(async (tx) => {
      for (let i = 0; i < HOSTS; i++)
        await tx.execute('INSERT INTO hosts (name, uuid, failed, created_at, updated_at) VALUES (?, ?, ?, 1, 1)', [
          `web${String(i).padStart(5, '0')}`,
          `uuid-${i}`,
          i % 2,
        ]);
      await tx.execute(
        `INSERT INTO config_reports (host_id, origin, reported_at, applied, restarted, failed, failed_restarts, skipped, pending,
           runtime, config_retrieval, metrics, logs, created_at)
         SELECT id, 'Puppet', id * 1000, 0, 0, failed, 0, 0, 0, 0, 0, '{}', '[]', 1 FROM hosts`,
      );
    });
    if (database.dialect === 'postgres') await database.unitOfWork.run((tx) => tx.execute('ANALYZE'));
    for (const reader of [database, database.searches]) {
      const query = reader.query.bind(reader);
      reader.query = (sql, params) => {
        sent.push({ sql, params: params ?? [] });
        return query(sql, params);
      };
    }
  });
  beforeEach(() => (sent = []));
  afterAll(() => close());

  async function plan(): Promise<string> {
    const page = sent.find(({ sql }) => sql.includes('LIMIT'));
    if (page === undefined) throw new Error('no page was asked for');
    const explain = database.dialect === 'sqlite' ? 'EXPLAIN QUERY PLAN ' : 'EXPLAIN ';
    const rows = await database.query<Record<string, unknown>>(explain + page.sql, page.params as never);
    return rows.map((row) => String(row.detail ?? row['QUERY PLAN'])).join('\n');
  }
  const hosts = (search: string, order = '') =>
    new HostListReadModel(database, new SetClock()).page({ search: parseSearch(search), order, page: 1, perPage: 20 });
  const reports = (search: string) =>
    new ReportListReadModel(database, new SetClock()).page({
      search: parseSearch(search),
      order: '',
      page: 1,
      perPage: 20,
    });

  it('a host by uuid or name follows both indexes', async () => {
    expect((await hosts('uuid = uuid-77 or name = web00078')).subtotal).toBe(2);
    const found = await plan();
    expect(found).toMatch(/idx_hosts_uuid/);
    expect(found).toMatch(/uq_hosts_name/);
  });

  it('all hosts by name walk the index of names and stop', async () => {
    expect((await hosts('')).rows.map(({ name }) => name).slice(0, 2)).toEqual(['web00000', 'web00001']);
    const found = await plan();
    expect(found).toMatch(/uq_hosts_name/);
  });

  it('no page is asked for beyond the end, nor when nothing matches', async () => {
    await hosts('name = nobody');
    await new HostListReadModel(database, new SetClock()).page({ search: null, order: '', page: 999, perPage: 20 });
    expect(sent.filter(({ sql }) => sql.includes('OFFSET'))).toEqual([]);
  });

  it('a host’s reports follow the index of its host, the newest of all that of their time', async () => {
    expect((await reports('host_id = 7')).subtotal).toBe(1);
    expect(await plan()).toMatch(/uq_config_reports_host_time_origin/);
    sent = [];
    expect((await reports('')).rows[0]?.hostName).toBe(`web0${HOSTS - 1}`);
    expect(await plan()).toMatch(/idx_config_reports_reported_at/);
  });
});
