import Sqlite from 'better-sqlite3';
import { renameSync } from 'node:fs';
import { Database } from '../../src/database';
import { startApp, type RunningApp } from '../support/app';

const isPostgres = process.env.DB === 'postgres';
const onSqlite = isPostgres ? describe.skip : describe;

let app: RunningApp;
beforeEach(async () => {
  app = await startApp();
  await upload('web0');
});
afterEach(() => app.close());

const upload = (name: string, value = '1') => app.post('/api/v2/hosts/facts', { name, facts: { a: value } });
/** Half a megabyte. */
const uploadMuch = (name: string) => {
  const facts = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`fact${n}`, String(n).repeat(50_000)]));
  return app.post('/api/v2/hosts/facts', { name, facts });
};
const fileOf = () => app.databaseUrl.replace('sqlite:', '');
/** Status and what programs and people are told. */
const told = async (answer: Response): Promise<unknown[]> => {
  const { error } = (await answer.json()) as { error?: { reason?: string } };
  return [answer.status, error?.reason];
};
const probes = async (): Promise<unknown[]> =>
  Promise.all(['/readyz', '/status'].map(async (path) => told(await app.anonymous(path))));

async function expectWell(): Promise<void> {
  expect((await upload('web9', String(Math.random()))).status).toBe(201);
  expect(await probes()).toEqual([
    [200, undefined],
    [200, undefined],
  ]);
}

describe('a full disk', () => {
  const fill = (sql: string) => app.app.get(Database).unitOfWork.run((tx) => tx.query(sql));
  const full = async () => {
    if (!isPostgres) return fill('PRAGMA max_page_count = 1'); // of no less than there are
    await fill(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`);
    return fill('CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON fact_values EXECUTE FUNCTION full_disk()');
  };
  const roomy = () => fill(isPostgres ? 'DROP TRIGGER full_disk ON fact_values' : 'PRAGMA max_page_count = 1000000');

  it('uploads are told so, and what is there can be read', async () => {
    await full();
    expect(await told(await uploadMuch('web1'))).toEqual([503, 'disk_full']);
    expect((await app.fetch('/api/v2/hosts?search=name=web0')).status).toBe(200);
    await roomy();
    await expectWell();
  });
});

onSqlite('a SQLite file that another process has locked', () => {
  it('stalls nobody; uploads that waited in vain are told so', async () => {
    const other = new Sqlite(fileOf());
    other.exec('BEGIN IMMEDIATE');
    let answered = false;
    const waiting = upload('web1').finally(() => (answered = true));
    for (const path of ['/healthz', '/readyz', '/hosts?format=json', '/api/v2/hosts?search=name~web'])
      expect((await app.fetch(path)).status).toBe(200);
    expect(answered).toBe(false);
    expect(await told(await waiting)).toEqual([503, 'database_locked']);
    expect((await probes()).flat().filter((each) => each === 503)).toHaveLength(2);
    other.exec('COMMIT');
    other.close();
    await expectWell();
  });

  it('for a moment delays uploads and loses none', async () => {
    const other = new Sqlite(fileOf());
    other.exec('BEGIN IMMEDIATE');
    const waiting = Promise.all(['web1', 'web2', 'web3'].map((name) => upload(name)));
    expect((await app.fetch('/hosts?format=json')).status).toBe(200);
    other.exec('COMMIT');
    other.close();
    expect((await waiting).map(({ status }) => status)).toEqual([201, 201, 201]);
  });
});

onSqlite('a SQLite file that is taken away under the running service', () => {
  it.each(['', '-wal'])('uploads are not acknowledged, readiness fails (%s)', async (end) => {
    const path = `${fileOf()}${end}`;
    renameSync(path, `${path}.away`);
    expect(await told(await upload('web1'))).toEqual([503, 'database_replaced']);
    expect(await probes()).toEqual([
      [503, 'database_replaced'],
      [503, 'database_replaced'],
    ]);
    expect((await app.anonymous('/healthz')).status).toBe(200);
    renameSync(`${path}.away`, path);
    await expectWell();
  });

  it('another file in its place is not taken for it', async () => {
    renameSync(fileOf(), `${fileOf()}.away`);
    new Sqlite(fileOf()).exec('CREATE TABLE other (id)').close();
    expect(await told(await upload('web1'))).toEqual([503, 'database_replaced']);
    expect((await told(await app.anonymous('/readyz')))[1]).toBe('database_replaced');
  });
});
