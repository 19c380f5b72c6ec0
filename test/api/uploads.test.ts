import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startApp, type RunningApp } from '../support/app';

interface Recorded {
  path: string;
  body: Record<string, unknown>;
}
const recorded = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, '../fixtures', `${name}.json`), 'utf8')) as Recorded;

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
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
    for (const name of ['puppet-facts', 'puppet-report-mixed', 'puppet-report-noop']) {
      const { path, body } = recorded(name);
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
    ['an unparsable time', report('bad.example.com', { reported_at: 'soon' }), 'reported_at'],
    [
      'a time more than a day ahead',
      report('bad.example.com', { reported_at: new Date(Date.now() + 90_000_000).toISOString() }),
      'reported_at',
    ],
    ['a negative counter', report('bad.example.com', { status: { failed: -1 } }), 'status.failed'],
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
        report('big.example.com', { status: { applied: '5000', pending: 70_000 } }),
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
    expect((await send('<x/>', { 'content-type': 'text/xml' })).status).toBe(415);
    const broken = await send('{"a":', type);
    expect([broken.status, await broken.json()]).toEqual([
      400,
      { status: 400, error: expect.stringContaining('There was a problem in the JSON you submitted') as string },
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

  it('a host known by its report is found by its facts: one machine, one host', async () => {
    await app.post('/api/config_reports', report('one.example.com'));
    const stored = await json(
      await app.post('/api/hosts/facts', { name: 'one', certname: 'one.example.com', facts: { a: 1 } }),
    );
    expect(stored).toMatchObject({ name: 'one.example.com', certname: 'one.example.com' });
    expect((await app.fetch('/hosts/one/ovirt')).status).toBe(404);
  });

  it('the external-node document names environment, hostgroup and parameters', async () => {
    await app.post('/api/hosts/facts', {
      name: 'enc.example.com',
      facts: { environment: 'production', foreman_hostgroup: 'web/frontend' },
    });
    const response = await app.fetch('/node/enc.example.com?format=yml');
    expect(await response.text()).toMatch(/environment: production[^]*hostgroup: web\/frontend/);
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
