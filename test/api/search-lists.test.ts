import { startApp, type RunningApp } from '../support/app';

/** Reports and facts are searched in the same language, by fields of their own. */
describe('searching reports and facts', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
    for (const [name, environment] of [
      ['web1', 'production'],
      ['web2', 'staging'],
    ] as const) {
      const facts = { environment, kernel: 'Linux', release: '3.10', rack: name };
      await app.post('/api/v2/hosts/facts', { name, certname: name, facts });
      await app.post('/api/v2/config_reports', {
        config_report: { host: name, reported_at: new Date().toISOString(), status: {}, metrics: {}, logs: [] },
      });
    }
  });
  afterAll(() => app.close());

  const ask = async (list: string, search: string) =>
    (await app.fetch(`/api/v2/${list}?search=${encodeURIComponent(search)}`)).json() as Promise<{
      results: { host_name: string }[] & Record<string, Record<string, string>>;
      error?: { message: string };
    }>;

  it.each([
    ['environment = production', ['web1']],
    ['environment != production', ['web2']],
    ['environment ~ ing or host = web1', ['web1', 'web2']],
    ['null? environment', []],
  ])('reports: %s', async (search, hosts) => {
    const { results } = await ask('config_reports', search);
    expect(results.map((report) => report.host_name).sort()).toEqual(hosts);
  });

  it.each([
    ['value = web2', { web2: { rack: 'web2' } }],
    ['value = 3.1', {}],
    ['value ~ inu and host = web1', { web1: { kernel: 'Linux' } }],
    ['fact = rack and value != web1', { web2: { rack: 'web2' } }],
    ['fact ^ (rack, release) and host = web1', { web1: { rack: 'web1', release: '3.10' } }],
  ])('facts: %s', async (search, facts) => {
    expect((await ask('fact_values', search)).results).toEqual(facts);
  });

  it.each(['hosts', 'config_reports', 'fact_values', 'users'])(
    '%s: a bad order is told from a bad search',
    async (list) => {
      const reasonOf = async (query: string) => {
        const { error } = (await (await app.fetch(`/api/v2/${list}?${query}`)).json()) as {
          error: { reason?: string };
        };
        return error.reason;
      };
      expect([await reasonOf('order=colour'), await reasonOf('search=colour=red')]).toEqual(['order', undefined]);
    },
  );

  it('sorts reports by the environment of their host', async () => {
    const response = await app.fetch('/api/v2/config_reports?order=environment%20desc');
    const { results } = (await response.json()) as { results: { host_name: string }[] };
    expect(results.map((report) => report.host_name)).toEqual(['web2', 'web1']);
  });

  it.each([
    ['fact_values', 'kernel', 'Name the field to search in, as in: fact ~ kernel'],
    ['fact_values', 'comment = x', "Field 'comment' not recognized for searching; the fields are fact, host, value"],
    [
      'config_reports',
      'resource ~ x',
      "Field 'resource' not recognized for searching; the fields are host, environment",
    ],
  ])('%s: a hint fits what is searched: %s', async (list, search, message) => {
    expect((await ask(list, search)).error?.message).toContain(message);
  });
});
