import { startApp, type RunningApp } from '../support/app';

let app: RunningApp;
beforeAll(async () => (app = await startApp()));
afterAll(() => app.close());

const REPORTS = '/api/v2/config_reports';
const FACTS = '/api/v2/hosts/facts';
const MIB = 1_048_576;
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, i) => make(i));

const factsOf = (name: string, count: number, value = 'v') => ({
  name,
  facts: Object.fromEntries(times(count, (i) => [`fact_${i}`, `${i} ${value}`])),
});
const line = (i: number) => ({
  log: { level: 'notice', sources: { source: `File[/srv/${i}]` }, messages: { message: `content ${i} changed` } },
});
const reportOf = (host: string, more: object) => ({
  config_report: { host, reported_at: new Date(Date.now() - 60_000).toISOString(), status: {}, ...more },
});
const metrics = (count: number) => Object.fromEntries(times(count, (i) => [`m${i}`, i]));
const raw = (path: string, body: string) =>
  app.fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

/** How often `/status` is answered, one after the other, until the upload is. */
async function answersWhile(upload: Promise<Response>): Promise<{ status: number; answers: number }> {
  let status: number | undefined;
  void upload.then((answer) => (status = answer.status));
  let answers = 0;
  while (status === undefined) {
    await app.fetch('/api/v2/status');
    answers += 1;
  }
  return { status, answers };
}

describe('as much as one upload may bring leaves others their turn', () => {
  it.each([
    ['facts', FACTS, factsOf('many.example.com', 20_000, 'v'.repeat(100)), 10],
    ['the same facts once more', FACTS, factsOf('many.example.com', 20_000, 'v'.repeat(100)), 5],
    ['other values', FACTS, factsOf('many.example.com', 20_000, 'w'.repeat(100)), 5],
    ['few of them, the rest is removed', FACTS, factsOf('many.example.com', 3), 3],
    ['log lines', REPORTS, reportOf('many.example.com', { logs: times(20_000, line) }), 10],
  ])('%s', async (_, path, body, turns) => {
    const { status, answers } = await answersWhile(app.post(path, body));
    expect(status).toBe(201);
    expect(answers).toBeGreaterThanOrEqual(turns);
  });

  it('and all of it is stored', async () => {
    const report = await app.post(REPORTS, reportOf('all.example.com', { logs: times(20_000, line) }));
    const { id } = (await report.json()) as { id: number };
    const shown = (await (await app.fetch(`${REPORTS}/${id}`)).json()) as { logs: unknown[] };
    expect(shown.logs).toHaveLength(20_000);
    await app.post(FACTS, factsOf('all.example.com', 20_000));
    const facts = await app.fetch('/api/v2/hosts/all.example.com/facts?per_page=1&search=fact%20%3D%20fact_19999');
    expect(await facts.text()).toContain('19999 v');
  });
});

it.each([
  ['value', FACTS, { name: 'most.example.com', facts: { a: 'x'.repeat(65_536) } }],
  ['list', FACTS, { name: 'most.example.com', facts: { a: ['x'.repeat(65_532)] } }],
  ['report', REPORTS, reportOf('most.example.com', { metrics: { time: metrics(5_000) } })],
])('the longest %s is taken', async (_, path, body) => {
  expect((await app.post(path, body)).status).toBe(201);
});

describe('more than that is 422, which names the bound', () => {
  it.each<[string, string, object | string, string]>([
    ['one fact', FACTS, factsOf('a.example.com', 20_001), 'MAX_UPLOAD_FACTS'],
    [
      'a million facts',
      FACTS,
      JSON.stringify(factsOf('a.example.com', 500_000)).slice(0, 10 * MIB),
      'MAX_UPLOAD_FACTS',
    ],
    ['a longer value', FACTS, { name: 'a.example.com', facts: { a: 'x'.repeat(65_537) } }, 'MAX_FACT_KB'],
    ['a longer list', FACTS, { name: 'a.example.com', facts: { a: ['x'.repeat(65_537)] } }, 'MAX_FACT_KB'],
    ['one line', REPORTS, reportOf('a.example.com', { logs: times(20_001, line) }), 'MAX_UPLOAD_LINES'],
    ['empty lines', REPORTS, reportOf('a.example.com', { logs: times(150_000, () => ({})) }), 'MAX_UPLOAD_LINES'],
    ['values without end', REPORTS, reportOf('a.example.com', { z: times(880_000, () => 1) }), 'MAX_UPLOAD_METRICS'],
    ['one metric', REPORTS, reportOf('a.example.com', { metrics: { time: metrics(5_001) } }), 'MAX_UPLOAD_METRICS'],
    ['deep brackets', FACTS, `{"name":"a","facts":{"a":${'['.repeat(5 * MIB)}`, 'MAX_UPLOAD_DEPTH'],
    ['brackets 101 deep', REPORTS, `{"config_report":{"z":${'['.repeat(99)}${']'.repeat(99)}}}`, 'MAX_UPLOAD_DEPTH'],
  ])('%s', async (_, path, body, setting) => {
    const answer = await raw(path, typeof body === 'string' ? body : JSON.stringify(body));
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(setting)]);
  });
});
