import { Database } from '../../src/database';
import { Retention } from '../../src/reports';
import { startApp, type RunningApp } from '../support/app';

describe('report retention', () => {
  let app: RunningApp;
  beforeAll(async () => (app = await startApp({ REPORT_RETENTION_DAYS: '30' })));
  afterAll(() => app.close());

  it('removes older reports and the texts that only they used; the host keeps its status', async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const report = (days: number, messages: string[]) =>
      app.post('/api/config_reports', {
        config_report: {
          host: 'web1.example.com',
          reported_at: daysAgo(days),
          status: { applied: days },
          logs: messages.map((message) => ({
            log: { level: 'info', sources: { source: 'S' }, messages: { message } },
          })),
        },
      });
    await report(40, ['only old', 'both']);
    await report(1, ['both', 'only new']);
    await app.app.get(Retention).sweep();
    const database = app.app.get(Database);
    expect(await database.query('SELECT applied FROM config_reports')).toEqual([{ applied: 1 }]);
    expect(
      (await database.query<{ text: string }>('SELECT text FROM report_texts ORDER BY text')).map(({ text }) => text),
    ).toEqual(['S', 'both', 'only new']);
    await report(2, ['only old']);
    expect(
      (await database.query<{ text: string }>("SELECT text FROM report_texts WHERE text = 'only old'")).length,
    ).toBe(1);
  });

  it('removes labels that no host has any more, and they can come back', async () => {
    const database = app.app.get(Database);
    const upload = async (name: string, facts: object) =>
      expect((await app.post('/api/hosts/facts', { name, facts })).status).toBe(201);
    const labels = async () => {
      const rows = await database.query<{ label: string }>(
        `SELECT name AS label FROM models UNION ALL SELECT title FROM hostgroups UNION ALL SELECT name FROM domains
         UNION ALL SELECT name FROM architectures UNION ALL SELECT name FROM environments
         UNION ALL SELECT title FROM operating_systems ORDER BY 1`,
      );
      return rows.map(({ label }) => label);
    };
    const passing = {
      productname: 'Passing',
      foreman_hostgroup: 'a/b',
      operatingsystem: 'Arch',
      domain: 'passing.example',
      architecture: 'riscv64',
      environment: 'passing',
    };
    const all = ['Arch', 'Lasting', 'Passing', 'a/b', 'passing', 'passing.example', 'riscv64'];
    await upload('lasting.example.com', { productname: 'Lasting' });
    await upload('passing.example.com', passing);
    await app.app.get(Retention).sweep();
    expect(await labels()).toEqual(all);
    expect((await app.fetch('/api/hosts/passing.example.com', { method: 'DELETE' })).status).toBe(200);
    await app.app.get(Retention).sweep();
    expect(await labels()).toEqual(['Lasting']);
    await upload('passing.example.com', passing);
    expect(await labels()).toEqual(all);
  });

  it('removes names of facts that no host has any more', async () => {
    const upload = (facts: object) => app.post('/api/hosts/facts', { name: 'changing.example.com', facts });
    const named = async () =>
      (await app.app.get(Database).query("SELECT name FROM fact_names WHERE name IN ('once', 'still')")).length;
    await upload({ once: '1', still: '1' });
    await upload({ still: '1' });
    expect(await named()).toBe(2);
    await app.app.get(Retention).sweep();
    expect(await named()).toBe(1);
  });

  it('an upload at the same time keeps what it uses', async () => {
    for (let i = 0; i < 10; i += 1) {
      const model = `Model ${i % 2}`;
      const [answer] = await Promise.all([
        app.post('/api/hosts/facts', { name: 'turns.example.com', facts: { productname: model } }),
        app.app.get(Retention).sweep(),
      ]);
      expect([answer.status, await answer.json()]).toEqual([201, expect.objectContaining({ model_name: model })]);
    }
  });
});
