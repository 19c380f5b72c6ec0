import { Database } from '../../src/database';
import { startApp, type RunningApp } from '../support/app';

const LENGTH = 17_000;
/** Each fact's value is compared with it in as many steps as both are long. */
const PATTERN = `${'a'.repeat(250)}b`;
const HOSTS = 300;
const CONDITIONS = 14;

/** What takes seconds of CPU: patterns that nearly match everywhere. */
const SLOW = Array.from({ length: CONDITIONS }, (_, n) => `facts.f${n} ~ "${PATTERN}"`).join(' or ');

describe('searches that take long', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp({ SEARCH_TIMEOUT_SECONDS: '1' });
    const value = 'a'.repeat(LENGTH);
    const facts = Object.fromEntries(Array.from({ length: CONDITIONS }, (_, n) => [`f${n}`, value]));
    for (let n = 0; n < HOSTS / 10; n++)
      await Promise.all(
        Array.from({ length: 10 }, (_, m) => app.post('/api/v2/hosts/facts', { name: `web${n * 10 + m}`, facts })),
      );
  }, 120_000);
  afterAll(() => app.close());

  const search = (path: string, text: string) => app.fetch(`${path}search=${encodeURIComponent(text)}`);

  it('are stopped with a sentence that tells what to narrow', async () => {
    const answer = await search('/api/v2/hosts?', SLOW);
    const { error } = (await answer.json()) as { error: { message: string } };
    expect([answer.status, error.message]).toEqual([422, expect.stringMatching(/longer than 1 s.*narrow it/)]);
  });

  it.each(['/api/v2/hosts?', '/hosts?format=json&', '/dashboard/ovirt?format=json&', '/api/v2/fact_values?'])(
    'of %s are answered without a fault of ours',
    async (path) => {
      const { status } = await search(path, path.includes('fact_values') ? `value ~ "${PATTERN}"` : SLOW);
      expect([200, 422]).toContain(status);
    },
  );

  it('twenty at once: the others wait for none of them', async () => {
    const slow = Promise.all(Array.from({ length: 20 }, () => search('/api/v2/hosts?', SLOW)));
    let done = false;
    void slow.finally(() => (done = true));
    const quick = [
      () => app.anonymous('/status'),
      () => app.anonymous('/healthz'),
      () => app.anonymous('/readyz'),
      () => search('/hosts?format=json&', 'uuid = 1 or name = web1'),
      () => app.fetch('/hosts/web1/ovirt'),
      () => app.fetch('/hosts?format=json'),
      () => app.fetch('/dashboard/ovirt?format=json'),
      () => app.post('/api/v2/hosts/facts', { name: 'web1', facts: { b: String(Math.random()) } }),
    ];
    const statuses: number[] = [];
    for (const ask of quick) statuses.push((await ask()).status);
    expect(done).toBe(false);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    const answers = (await slow).map(({ status }) => status);
    expect(answers.filter((status) => status !== 422 && status !== 503)).toEqual([]);
    const after = await search('/api/v2/hosts?', 'name ~ web1');
    expect([after.status, await after.text()]).toEqual([200, expect.stringContaining('web1')]);
  });

  it('of users and audits, too, are stopped, and others wait for none of them', async () => {
    const long = 'a'.repeat(LENGTH);
    await app.app.get(Database).unitOfWork.run(async (tx) => {
      for (let n = 0; n < HOSTS; n++) {
        await tx.execute('INSERT INTO users (login, mail, created_at, updated_at) VALUES (?, ?, 1, 1)', [
          `u${n}`,
          long,
        ]);
        await tx.execute("INSERT INTO audits (at, actor, action, subject, outcome) VALUES (?, 'x', 'x', ?, 'ok')", [
          n,
          long,
        ]);
      }
    });
    const ofUsers = Array.from({ length: CONDITIONS }, (_, n) => `mail ~ "${PATTERN}${n}"`).join(' or ');
    const slow = [search('/api/v2/users?', ofUsers), search('/audits?format=json&', `${'a'.repeat(2_000)}b`)];
    let done = false;
    void Promise.any(slow).finally(() => (done = true));
    expect((await app.anonymous('/readyz')).status).toBe(200);
    expect(done).toBe(false);
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([422, 422]);
  });

  it('patterns and words have a length', async () => {
    for (const text of [`name ~ ${'a'.repeat(256)}`, 'a'.repeat(256), `facts.a !~ ${'a'.repeat(256)}`])
      expect((await search('/api/v2/hosts?', text)).status).toBe(400);
    expect((await search('/api/v2/hosts?', `name = ${'a'.repeat(256)}`)).status).toBe(200);
  });
});
