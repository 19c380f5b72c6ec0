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
});
