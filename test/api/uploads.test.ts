import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startApp, type RunningApp } from '../support/app';

interface Recorded {
  path: string;
  body: Record<string, unknown>;
}
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** What a client posted, as if it had been `age` minutes ago: pages show the last days. */
function recorded(name: string, age = 1): Recorded {
  const { path, body } = JSON.parse(readFileSync(join(__dirname, '../fixtures', `${name}.json`), 'utf8')) as Recorded;
  if (typeof body.config_report === 'object')
    body.config_report = { ...body.config_report, reported_at: minutesAgo(age) };
  return { path, body };
}

const report = (host: string, more: object = {}) => ({
  config_report: { host, reported_at: minutesAgo(1), status: {}, metrics: {}, logs: [], ...more },
});

describe('uploads', () => {
  let app: RunningApp;
  beforeAll(async () => (app = await startApp()));
  afterAll(() => app.close());

  const json = async (response: Response) => (await response.json()) as Record<string, never>;
  const host = async (name: string) => json(await app.fetch(`/hosts/${encodeURIComponent(name)}/ovirt?format=json`));

  it('recorded Puppet bodies: facts and both reports are one host with the counters, logs and OS in them', async () => {
    for (const [name, age] of [
      ['puppet-facts', 3],
      ['puppet-report-mixed', 2],
      ['puppet-report-noop', 1],
    ] as const) {
      const { path, body } = recorded(name, age);
      expect([name, (await app.post(path, body)).status]).toEqual([name, 201]);
    }
    const page = await host('agent1.example.test');
    expect(page.host).toMatchObject({
      name: 'agent1',
      certname: 'agent1.example.test',
      operatingsystem_name: 'Debian 12.11',
      architecture_name: 'x86_64',
      domain_name: 'example.test',
      ip: '192.0.2.10',
      mac: '00:1a:4a:16:01:52',
      puppet_status: 6 * 2 ** 50,
    });
    expect(page.metrics).toEqual({ applied: 4, restarted: 1, failed: 4, failed_restarts: 1, skipped: 1, pending: 7 });
    expect(page.reports).toBe(2);
  });

  it('recorded Ansible bodies: UUID, OS, counters, and an ignored failure as an err line without failed', async () => {
    await app.post(recorded('ansible-facts').path, recorded('ansible-facts').body);
    const stored = await json(await app.post(recorded('ansible-report').path, recorded('ansible-report').body));
    expect(stored).toMatchObject({
      host_name: 'web01.example.test',
      origin: 'Ansible',
      status: { applied: 3, restarted: 0, failed: 0, failed_restarts: 0, skipped: 2, pending: 0 },
    });
    const shown = await json(await app.fetch(`/reports/${String(stored.id)}?format=json`));
    expect(shown.report).toHaveProperty(
      'logs',
      expect.arrayContaining([
        { log: expect.objectContaining({ level: 'err', sources: { source: 'Ignored failure' } }) as unknown },
      ]),
    );
    expect((await host('web01.example.test')).host).toMatchObject({
      uuid: '6f3c1d2e-90ab-4c5d-8e7f-012345678910',
      operatingsystem_name: 'Debian 12.11',
      model_name: 'oVirt Node',
    });
  });

  it('a report sent twice: the second is refused as Foreman does', async () => {
    const body = report('twice.example.com');
    expect((await app.post('/api/config_reports', body)).status).toBe(201);
    const again = await app.post('/api/v2/reports', { report: body.config_report });
    expect(again.status).toBe(422);
    expect(await again.json()).toMatchObject({
      error: {
        errors: { reported_at: ['has already been taken'] },
        full_messages: ['Reported at has already been taken'],
      },
    });
  });

  it('a late report does not replace the status of a newer one, whatever the order of arrival', async () => {
    await app.post(
      '/api/config_reports',
      report('late.example.com', { reported_at: minutesAgo(2), status: { applied: 1 } }),
    );
    await app.post(
      '/api/config_reports',
      report('late.example.com', { reported_at: minutesAgo(9), status: { failed: 1 } }),
    );
    expect((await host('late.example.com')).host).toMatchObject({ configuration_status_label: 'Active' });
  });

  it.each<[string, unknown, string]>([
    ['no host', { config_report: { reported_at: minutesAgo(1), status: {} } }, 'host'],
    ['a host with a slash', report('a/b'), 'host'],
    ['a host with a control character', report('a\nb'), 'host'],
    ['a host of 256 characters', report('a'.repeat(256)), 'host'],
    ['a blank host', report('  '), 'host'],
    ['a host that ends with a line break', report('bad.example.com\n'), 'host'],
    ['a host with a NUL', report('bad.example.com\0'), 'host'],
    ['a host that no address leads to', report('..'), 'host'],
    ['an unparsable time', report('bad.example.com', { reported_at: 'soon' }), 'reported_at'],
    [
      'a time more than a day ahead',
      report('bad.example.com', { reported_at: new Date(Date.now() + 90_000_000).toISOString() }),
      'reported_at',
    ],
    ['a negative counter', report('bad.example.com', { status: { failed: -1 } }), 'status.failed'],
    ['a negative counter in text', report('bad.example.com', { status: { failed: '-3' } }), 'status.failed'],
    ['a counter that is no number', report('bad.example.com', { status: { failed: 'many' } }), 'status.failed'],
    ['a counter with a fraction', report('bad.example.com', { status: { failed: 1.5 } }), 'status.failed'],
    ['an unknown counter', report('bad.example.com', { status: { exploded: 1 } }), 'status'],
    [
      'an unknown log level',
      report('bad.example.com', {
        logs: [{ log: { level: 'loud', sources: { source: 's' }, messages: { message: 'm' } } }],
      }),
      'logs.0.log.level',
    ],
    ['no wrapper', { host: 'bad.example.com' }, 'base'],
    ['a wrapper that is no object', { config_report: 'x' }, 'base'],
  ])('a report with %s is refused with 422 naming the field, and leaves no trace', async (_, body, field) => {
    const response = await app.post('/api/v2/config_reports', body);
    expect(response.status).toBe(422);
    const { error } = (await response.json()) as { error: { errors: object; full_messages: string[] } };
    expect(Object.keys(error.errors)).toContain(field);
    expect(error.full_messages.length).toBeGreaterThan(0);
    expect((await app.fetch('/hosts/bad.example.com/ovirt')).status).toBe(404);
  });

  it('counters as numeric strings and beyond 1023 are kept exactly', async () => {
    const stored = await json(
      await app.post(
        '/api/config_reports',
        report('big.example.com', { status: { applied: '5000', pending: 70_000, failed: null } }),
      ),
    );
    expect(stored.status).toMatchObject({ applied: 5000, pending: 70_000, failed: 0 });
  });

  it('names with umlauts and spaces pass, stored lower-case', async () => {
    expect(await json(await app.post('/api/config_reports', report('Büro PC')))).toMatchObject({
      host_name: 'büro pc',
    });
    expect((await app.fetch(`/hosts/${encodeURIComponent('BÜRO pc')}/ovirt`)).status).toBe(200);
  });

  it('gzip bodies are read; other content types are 415, broken JSON is 400 and too much is 413', async () => {
    const send = (body: RequestInit['body'], headers: Record<string, string>) =>
      app.fetch('/api/config_reports', { method: 'POST', body, headers });
    const zipped = gzipSync(JSON.stringify(report('zipped.example.com')));
    const type = { 'content-type': 'application/json' };
    expect((await send(zipped, { ...type, 'content-encoding': 'gzip' })).status).toBe(201);
    const notZipped = await send('{}', { ...type, 'content-encoding': 'gzip' });
    expect([notZipped.status, await notZipped.text()]).toEqual([400, expect.stringContaining('Content-Encoding')]);
    expect((await send('<x/>', { 'content-type': 'text/xml' })).status).toBe(415);
    const broken = await send('{"a":', type);
    expect([broken.status, await broken.json()]).toEqual([
      400,
      expect.objectContaining({
        status: 400,
        error: expect.stringContaining('There was a problem in the JSON you submitted') as string,
      }),
    ]);
    expect((await send(`"${'x'.repeat(11 * 1024 * 1024)}"`, type)).status).toBe(413);
    expect(
      (await send(gzipSync(`"${'x'.repeat(11 * 1024 * 1024)}"`), { ...type, 'content-encoding': 'gzip' })).status,
    ).toBe(413);
  });

  it('facts: those that disappear are removed, those of the other origin stay', async () => {
    const facts = (tree: object, type?: string) => ({
      name: 'f.example.com',
      facts: { ...tree, ...(type ? { _type: type } : {}) },
    });
    await app.post('/api/v2/hosts/facts', facts({ a: 1, nested: { b: true }, list: [1, 2], empty: '' }));
    await app.post('/api/v2/hosts/facts', facts({ ansible_a: 'x' }, 'ansible'));
    await app.post('/api/v2/hosts/facts', facts({ nested: { b: false } }));
    const names = async (search: string) =>
      ((await json(await app.fetch(`/hosts?format=json&search=${encodeURIComponent(search)}`))) as unknown as unknown[])
        .length;
    expect([
      await names('facts.a = 1'),
      await names('facts.nested::b = false'),
      await names('facts.ansible_a = x'),
    ]).toEqual([0, 1, 1]);
  });

  describe('one machine is one host', () => {
    const facts = (name: string, certname?: string) => ({ name, certname, facts: { a: 1 } });
    const found = async (search: string) =>
      (await json(await app.fetch(`/hosts?format=json&search=${encodeURIComponent(search)}`))) as unknown as unknown[];

    it('known by its certificate from a report: facts give it its own name', async () => {
      await app.post('/api/config_reports', report('cert-1.example.com'));
      const stored = await json(await app.post('/api/hosts/facts', facts('one.example.com', 'cert-1.example.com')));
      expect(stored).toMatchObject({ name: 'one.example.com', certname: 'cert-1.example.com' });
      for (const [age, name] of ['one.example.com', 'cert-1.example.com'].entries())
        expect(
          await json(await app.post('/api/config_reports', report(name, { reported_at: minutesAgo(age + 5) }))),
        ).toMatchObject({ host_name: 'one.example.com' });
      expect(await found('name ~ one.example.com or name ~ cert-1')).toHaveLength(1);
    });

    it('known by both names from reports: facts that name both make them one, with the facts and reports of both', async () => {
      await app.post('/api/config_reports', report('two.example.com', { status: { failed: 1 } }));
      await app.post('/api/hosts/facts', { ...facts('two.example.com'), facts: { ansible_b: 2, _type: 'ansible' } });
      await app.post('/api/config_reports', report('cert-2.example.com', { reported_at: minutesAgo(9) }));
      const stored = await json(await app.post('/api/hosts/facts', facts('two.example.com', 'cert-2.example.com')));
      expect(stored).toMatchObject({ name: 'two.example.com', configuration_status_label: 'Error' });
      expect(await found('facts.a = 1 and facts.ansible_b = 2')).toHaveLength(1);
      expect(await found('name ~ two.example.com or name ~ cert-2')).toHaveLength(1);
      expect((await host('cert-2.example.com')).reports).toBe(2);
    });

    it('a host of that name with another certificate is another machine', async () => {
      await app.post('/api/hosts/facts', facts('three.example.com', 'cert-3.example.com'));
      await app.post('/api/config_reports', report('cert-4.example.com'));
      await app.post('/api/hosts/facts', facts('three.example.com', 'cert-4.example.com'));
      expect(await found('certname ^ (cert-3.example.com, cert-4.example.com)')).toHaveLength(2);
    });

    it('told of at once by facts and reports under both names', async () => {
      for (let n = 0; n < 10; n++) {
        const [name, certname] = [`par-${n}.example.com`, `par-cert-${n}.example.com`];
        const answers = await Promise.all([
          app.post('/api/config_reports', report(certname)),
          app.post('/api/hosts/facts', facts(name, certname)),
          app.post('/api/config_reports', report(name, { reported_at: minutesAgo(2) })),
        ]);
        expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
        await app.post('/api/hosts/facts', facts(name, certname));
      }
      expect(await found('name ~ par-')).toHaveLength(10);
    });
  });

  it('fact uploads for one host at once do not mix', async () => {
    const set = (prefix: string) => ({
      name: 'mixed.example.com',
      facts: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`${prefix}_${n}`, `${prefix}`])),
    });
    await app.post('/api/hosts/facts', set('first'));
    for (let n = 0; n < 10; n++) {
      await Promise.all([app.post('/api/hosts/facts', set(`a${n}`)), app.post('/api/hosts/facts', set(`b${n}`))]);
      expect(await json(await app.fetch('/api/v2/hosts/mixed.example.com/facts'))).toMatchObject({ subtotal: 60 });
    }
  });

  it('the external-node document names environment, hostgroup and parameters; nothing that nobody told', async () => {
    await app.post('/api/hosts/facts', {
      name: 'enc.example.com',
      facts: { environment: 'testing', foreman_hostgroup: '/web//frontend/', ipaddress: 'none' },
    });
    const response = await app.fetch('/node/enc.example.com?format=yml');
    expect(await response.text()).toMatch(/environment: testing[^]*hostgroup: web\/frontend/);
    expect((await host('enc.example.com')).host).toMatchObject({ environment_name: 'testing', ip: null });
    await app.post('/api/hosts/facts', { name: 'plain.example.com', facts: { a: 1 } });
    const plain = await (await app.fetch('/node/plain.example.com')).text();
    expect(plain).toContain('foreman_host: plain.example.com');
    expect(plain).not.toMatch(/environment|null/);
  });

  it('a host that has never uploaded gets a document without classes, so that its first run passes', async () => {
    const response = await app.fetch('/node/new.example.com?format=yml');
    expect([response.status, await response.text()]).toEqual([200, 'classes: {}\n']);
  });

  it('an unknown caller gets a challenge, a browser gets none, and nothing is stored', async () => {
    const init = { method: 'POST', body: JSON.stringify(report('anon.example.com')) };
    const program = await app.anonymous('/api/config_reports', {
      ...init,
      headers: { 'content-type': 'application/json', 'user-agent': 'Ruby' },
    });
    const browser = await app.anonymous('/api/config_reports', {
      ...init,
      headers: { 'content-type': 'application/json', origin: 'https://x.example' },
    });
    expect([program.status, browser.status]).toEqual([401, 401]);
    expect(browser.headers.get('www-authenticate')).toBeNull();
    expect((await app.fetch('/hosts/anon.example.com/ovirt')).status).toBe(404);
  });
});
