import { AuditRetention } from '../../src/audit/audit-retention';
import { SharedWorks } from '../../src/database';
import { AuditReadModel, SEARCHED_ENTRIES } from '../../src/audit/audit.read-model';
import { Database, type SqlParams } from '../../src/database';
import { startApp, type RunningApp } from '../support/app';
import { registration } from '../support/compute-resources';
import { rows } from '../support/sign-in';

const DAY_MS = 86_400_000;

describe('the audit trail', () => {
  let app: RunningApp;
  beforeAll(async () => (app = await startApp({ AUDIT_RETENTION_DAYS: '30' })));
  afterAll(() => app.close());
  const database = () => app.app.get(Database);

  /** `count` entries, the newest one `daysAgo`, each an ms older than the one before. */
  async function add(count: number, daysAgo: number, subject: string): Promise<void> {
    const newest = Date.now() - daysAgo * DAY_MS;
    await database().unitOfWork.run((tx) =>
      tx.execute(
        `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})
         INSERT INTO audits (at, actor, action, subject, outcome) SELECT ${newest} - i, 'zoe', 'test', '${subject}', 'ok' FROM n`,
      ),
    );
  }
  const total = async () => Number((await rows<{ n: number }>(app, 'SELECT COUNT(*) AS n FROM audits'))[0]?.n);

  it('keeps entries as long as AUDIT_RETENTION_DAYS says, and removes older ones in small works', async () => {
    const retention = app.app.get(AuditRetention);
    await app.app.get(SharedWorks).onModuleDestroy(); // its sweep at the start would take part of the work
    await add(450, 31, 'old');
    await add(3, 29, 'young');
    const before = await total();
    const work = jest.spyOn(database().unitOfWork, 'run');
    await retention.sweep();
    const batches = await Promise.all(work.mock.results.map(({ value }) => value as Promise<unknown>));
    work.mockRestore();
    const removed = batches.filter((batch) => typeof batch === 'number' && batch > 0);
    expect(removed).toEqual([200, 200, 50]); // other retentions find nothing
    expect(await total()).toBe(before - 450);
    expect(await rows(app, "SELECT subject FROM audits WHERE subject = 'old'")).toEqual([]);
  });

  it('is read by the index of times, and searched in its newest entries alone', async () => {
    await add(1, 29.5, 'needle');
    await add(SEARCHED_ENTRIES, 1, 'hay');
    await add(1, 0.5, 'needle');
    const sent: { sql: string; params: SqlParams }[] = [];
    for (const reader of [database(), database().searches]) {
      const query = reader.query.bind(reader);
      jest.spyOn(reader, 'query').mockImplementation((sql, params = []) => {
        sent.push({ sql, params });
        return query(sql, params);
      });
    }
    const audits = app.app.get(AuditReadModel);
    const found = await audits.list({ search: 'needle zoe', page: 1, perPage: 20 });
    expect(found.subtotal).toBe(1);
    expect(found.rows).toHaveLength(1);
    await audits.list({ search: '', page: 3, perPage: 20 });
    jest.restoreAllMocks();
    if (database().dialect === 'postgres') await database().unitOfWork.run((tx) => tx.execute('ANALYZE'));
    const pages = sent.filter(({ sql }) => sql.includes('OFFSET'));
    expect(pages).toHaveLength(2);
    for (const { sql, params } of pages) {
      const explain = database().dialect === 'sqlite' ? 'EXPLAIN QUERY PLAN ' : 'EXPLAIN ';
      const plan = JSON.stringify(await database().query(explain + sql, params));
      expect(plan).toContain('idx_audits_at');
    }
    const page = await app.fetch('/audits?search=needle', { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain(`1 of the newest ${SEARCHED_ENTRIES}`);
  });

  it('asks for no page beyond its end', async () => {
    const found = await app.app.get(AuditReadModel).list({ search: '', page: 100_000, perPage: 20 });
    expect(found.rows).toEqual([]);
  });
});

describe('changes of hosts, reports and compute resources', () => {
  let app: RunningApp;
  beforeEach(async () => (app = await startApp()));
  afterEach(() => app.close());

  it('of a host and a report stand in the trail with who made them; refused and missing ones do not', async () => {
    await app.post('/api/v2/hosts/facts', { name: 'web1.example.com', facts: { kernel: 'Linux' } });
    const reportedAt = new Date().toISOString();
    await app.post('/api/v2/config_reports', {
      config_report: { host: 'web1.example.com', reported_at: reportedAt, status: { applied: 1 } },
    });
    const [{ id } = { id: 0 }] = await rows<{ id: number }>(app, 'SELECT id FROM config_reports');
    await app.fetch('/api/v2/hosts/web1.example.com', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ host: { enabled: false, comment: 'in repair' } }),
    });
    for (const path of [`config_reports/${id}`, 'hosts/web1.example.com', 'hosts/web1.example.com'])
      await app.fetch(`/api/v2/${path}`, { method: 'DELETE' });
    const entries = await rows(
      app,
      `SELECT actor, action, subject, reason FROM audits
       WHERE action LIKE 'host.%' OR action LIKE 'config_report.%' ORDER BY id`,
    );
    const entry = { actor: 'admin', subject: 'web1.example.com' };
    expect(entries).toEqual([
      { ...entry, action: 'host.update', reason: 'enabled: true → false; comment' },
      { ...entry, action: 'config_report.delete', reason: `reported at ${reportedAt}` },
      { ...entry, action: 'host.delete', reason: '' },
    ]);
  });

  it('are not made when their entry cannot be kept', async () => {
    await app.post('/api/v2/hosts/facts', { name: 'web1.example.com', facts: { kernel: 'Linux' } });
    const database = app.app.get(Database);
    await database.unitOfWork.run((tx) => tx.execute('ALTER TABLE audits RENAME TO audits_away'));
    const registered = await app.post('/api/v2/compute_resources', {
      compute_resource: registration({ url: 'https://127.0.0.1:9', ca: '' }),
    });
    const removed = await app.fetch('/api/v2/hosts/web1.example.com', { method: 'DELETE' });
    expect([registered.status, removed.status]).toEqual([500, 500]);
    expect(await rows(app, 'SELECT id FROM compute_resources')).toEqual([]);
    expect(await rows(app, 'SELECT name FROM hosts')).toEqual([{ name: 'web1.example.com' }]);
  });
});
