import { Database } from '../../src/database';
import { PreparedSql } from '../../src/database/prepared-sql';
import { SearchProcesses } from '../../src/database/search-processes';
import type { SqlParams } from '../../src/database/sql';
import { RunnerSql, type SqlRunner } from '../../src/database/sql-runner';
import { insertOneSql, type NewRows } from '../../src/database/new-rows';
import { startApp, type RunningApp } from '../support/app';

interface Sent {
  sql: string;
  params: SqlParams;
}

/** Tables that grow with hosts and time; all others are small, or read by their key. */
const LARGE = ['hosts', 'config_reports', 'fact_values', 'fact_sets', 'report_texts', 'sessions', 'users', 'audits'];

const HOSTS = 400;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const report = (host: string, age: number, lines = 5) => ({
  config_report: {
    host,
    reported_at: minutesAgo(age),
    status: { applied: age % 3, failed: age % 2 },
    metrics: { time: { total: 3 } },
    logs: Array.from({ length: lines }, (_, n) => ({
      log: { level: 'notice', sources: { source: `s${n}` }, messages: { message: `m${age} ${n}` } },
    })),
  },
});
const facts = (name: string, value: number) => ({
  name,
  certname: name,
  facts: { a: value, b: 'same', c: name, ipaddress: `10.0.0.${value % 250}` },
});

/** Its figures may be some seconds old. */
const REMEMBERED = 'dashboard without filter';
/** Every page and upload (what searches cost has tests of its own): which it is, and how often it was asked for before (some answers are remembered for a while). */
const REQUESTS: [string, (app: RunningApp, round: number) => Promise<Response>][] = [
  ['dashboard', (app, round) => app.fetch(`/dashboard/ovirt?search=${encodeURIComponent(`id < ${10_000 + round}`)}`)],
  [REMEMBERED, (app) => app.fetch('/dashboard/ovirt')],
  [
    'dashboard counters',
    (app, round) => app.fetch(`/api/v2/dashboard?search=${encodeURIComponent(`id < ${20_000 + round}`)}`),
  ],
  ['host list', (app) => app.fetch('/hosts')],
  [
    'host list, searched',
    (app) => app.fetch('/hosts?search=last_report%20%3E%20%222%20days%20ago%22&order=last_report%20desc'),
  ],
  ['host list, by a part of the address', (app) => app.fetch('/hosts?search=ip%20~%2010.0.0.')],
  ['host lookup', (app) => app.fetch('/hosts?format=json&search=uuid%20%3D%20x%20or%20name%20%3D%20web1')],
  ['host page', (app) => app.fetch('/hosts/web1/ovirt')],
  ['host graphs', (app) => app.fetch('/hosts/web1/graphs/ovirt?range=30')],
  ['host, API', (app) => app.fetch('/api/v2/hosts/web1')],
  ['facts of a host', (app) => app.fetch('/api/v2/hosts/web1/facts')],
  ['reports of a host', (app) => app.fetch('/api/v2/hosts/web1/config_reports')],
  ['newest report of a host', (app) => app.fetch('/api/v2/hosts/web1/config_reports/last')],
  ['reports', (app) => app.fetch('/api/v2/config_reports')],
  ['report page', (app) => app.fetch('/reports/1')],
  ['external-node document', (app) => app.fetch('/node/web1')],
  ['report upload', (app, round) => app.post('/api/v2/config_reports', report('web1', 2_000 + round, 20))],
  ['facts, changed', (app, round) => app.post('/api/v2/hosts/facts', facts('web1', 5_000 + round))],
  ['facts, unchanged', (app, round) => app.post('/api/v2/hosts/facts', facts('web1', 5_000 + round))],
  ['facts of a new host', (app, round) => app.post('/api/v2/hosts/facts', facts(`new${round}`, 1))],
];

jest.setTimeout(120_000); // the hook fills a database

describe('each page and upload', () => {
  let app: RunningApp;
  let database: Database;
  const sent: Sent[] = [];
  const sentBy = new Map<string, Sent[][]>();

  beforeAll(async () => {
    app = await startApp();
    database = app.app.get(Database);
    record();
    await fill(0, 3);
    for (const round of [0, 1]) await ask(round); // the first one fills what is remembered: accounts, names, texts
    await fill(3, HOSTS);
    await ask(2);
  });
  afterAll(() => app.close());

  /** Notes all SQL but what TypeORM's entities send, which no page or upload uses. */
  function record(): void {
    const runner = (database.dialect === 'sqlite' ? PreparedSql.prototype : RunnerSql.prototype) as SqlRunner;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the `this` of each call
    const { query, execute, insertRows } = runner;
    const note = (sql: string, params: SqlParams = []) => void sent.push({ sql, params });
    Object.assign(runner, {
      query(this: SqlRunner, sql: string, params?: SqlParams) {
        note(sql, params);
        return query.call(this, sql, params);
      },
      execute(this: SqlRunner, sql: string, params?: SqlParams) {
        note(sql, params);
        return execute.call(this, sql, params);
      },
      insertRows(this: SqlRunner, rows: NewRows) {
        if (database.dialect === 'sqlite' && rows.rows[0] !== undefined) note(insertOneSql(rows), rows.rows[0]);
        return insertRows.call(this, rows);
      },
    });
    const searches = SearchProcesses.prototype; // those of PostgreSQL go through the runner, too
    // eslint-disable-next-line @typescript-eslint/unbound-method -- as above
    const { query: search } = searches;
    searches.query = function <Row>(this: SearchProcesses, sql: string, params?: SqlParams): Promise<Row[]> {
      note(sql, params);
      return search.call(this, sql, params) as Promise<Row[]>;
    };
  }

  async function fill(from: number, to: number): Promise<void> {
    for (let n = from; n < to; n += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, to - n) }, async (_, i) => {
          await app.post('/api/v2/hosts/facts', facts(`web${n + i}`, n));
          await app.post('/api/v2/config_reports', report(`web${n + i}`, 5 + ((n + i) % 600)));
        }),
      );
    for (let n = from; n < to; n++) await app.post('/api/v2/config_reports', report('web1', 700 + n, 1));
    if (database.dialect === 'postgres') await database.unitOfWork.run((tx) => tx.execute('ANALYZE'));
  }

  async function ask(round: number): Promise<void> {
    for (const [name, request] of REQUESTS) {
      sent.length = 0;
      expect([name, (await request(app, round)).ok]).toEqual([name, true]);
      sentBy.set(name, [...(sentBy.get(name) ?? []), sent.filter((each) => !asksForCaller(each))]);
    }
  }

  /** Who asks is remembered for a moment, which may end between two requests. */
  const asksForCaller = ({ sql }: Sent) => /^SELECT (id, password_hash|u\.login, u\.admin, .*) FROM users\b/.test(sql);

  const reads = ({ sql }: Sent) => /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(sql);

  /** The steps of a statement that go through a large table row by row. */
  async function scans({ sql, params }: Sent): Promise<string[]> {
    if (database.dialect === 'sqlite') {
      const steps = await database.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params);
      return steps
        .map(({ detail }) => detail)
        .filter((step) => LARGE.some((table) => new RegExp(`^SCAN ${table}\\b(?!.* USING )`).test(step)));
    }
    const plan = await database.unitOfWork.run(async (tx) => {
      await tx.execute('SET LOCAL enable_seqscan = off');
      return tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, params);
    });
    return plan
      .map((row) => row['QUERY PLAN'])
      .filter((step) => LARGE.some((table) => new RegExp(`Seq Scan on ${table}\\b`).test(step)));
  }

  it.each(REQUESTS.map(([name]) => name))('%s: reads by an index only', async (name) => {
    const statements = (sentBy.get(name) ?? []).flat().filter(reads);
    expect(statements.length).toBeGreaterThan(0);
    const faults: string[] = [];
    for (const statement of new Map(statements.map((each) => [each.sql, each])).values())
      for (const step of await scans(statement)) faults.push(`${step} in ${statement.sql}`);
    expect(faults).toEqual([]);
  });

  const fresh = REQUESTS.map(([name]) => name).filter((name) => name !== REMEMBERED);
  it.each(fresh)('%s: as many queries with many hosts and reports as with few', (name) => {
    const [, few, many] = sentBy.get(name) ?? [];
    expect(many?.map(({ sql }) => sql).sort()).toEqual(few?.map(({ sql }) => sql).sort());
  });
});
