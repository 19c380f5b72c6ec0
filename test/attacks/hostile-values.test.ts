import { startApp, type RunningApp } from '../support/app';

/** What an object has without being given it, in any case. */
const INHERITED = ['constructor', '__proto__', 'Constructor', '__PROTO__', 'toString', 'hasOwnProperty'];
const BESIDE_ROW_IDS = [0, -1, 2_147_483_648, 4_294_967_297, 9_007_199_254_740_993, 1e300, 1.5];
const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
const NESTED = [[], {}, [[]], [[['a']]], { a: [{ b: [] }] }, { toString: 1, valueOf: 2 }, nested(50)];

describe('values that are no values', () => {
  let app: RunningApp;
  let host: string;
  beforeAll(async () => {
    app = await startApp({ TRUST_PROXY: 'loopback', UPLOAD_ALLOWED_IPS: '192.0.2.1,2001:db8::/32' });
    const answer = await app.post('/api/v2/hosts/facts', { name: 'web1', facts: { a: '1' } });
    host = `/api/v2/hosts/${String(((await answer.json()) as { id: number }).id)}`;
  });
  afterAll(() => app.close());

  const send = async (method: string, path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    return (await app.fetch(path, { method, headers, body: JSON.stringify(body) })).status;
  };

  it.each(INHERITED)('%s is an architecture, a model and the rest like any other', async (word) => {
    const facts = Object.fromEntries(
      [
        'architecture',
        'productname',
        'operatingsystem',
        'operatingsystemrelease',
        'domain',
        'environment',
        'foreman_hostgroup',
        'foreman_comment',
        'ipaddress',
        'macaddress',
        'uuid',
        word,
      ].map((name) => [name, word]),
    );
    const answer = await app.post('/api/v2/hosts/facts', { name: 'web2', facts });
    expect([answer.status, await answer.json()]).toEqual([
      201,
      expect.objectContaining({ architecture_name: word, model_name: word }),
    ]);
  });

  it.each(INHERITED)('%s names metrics and sources of reports', async (word) => {
    const metrics = `{"${word}":{"${word}":1},"time":{"${word}":2}}`;
    const line = { level: 'info', sources: { source: word }, messages: { message: word } };
    const body = `{"config_report":{"host":"web3","reported_at":"${new Date().toISOString()}","status":{},"metrics":${metrics},"logs":[${JSON.stringify({ log: line })}],"reporter":"${word}"}}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await app.fetch('/api/v2/config_reports', { method: 'POST', headers, body });
    expect([answer.status, await answer.text()]).toEqual([201, expect.stringContaining(word)]);
  });

  it.each(INHERITED)('%s as level of a log line is refused', async (word) => {
    const log = { level: word, sources: { source: 'a' }, messages: { message: 'b' } };
    const config_report = { host: 'web3', reported_at: new Date().toISOString(), status: {}, logs: [{ log }] };
    expect(await send('POST', '/api/v2/config_reports', { config_report })).toBe(422);
  });

  it.each(BESIDE_ROW_IDS)('no host group has the id %d', async (id) => {
    expect(await send('PUT', host, { hostgroup_id: id })).toBe(422);
    expect(await send('PUT', host, { host: { hostgroup_id: String(id) } })).toBe(422);
    expect((await app.fetch(`/api/v2/hosts?hostgroup_id=${id}`)).status).toBe(200);
    expect((await app.fetch(`/api/v2/hosts?search=id=${id}`)).status).toBeLessThan(500);
  });

  it.each(NESTED.map((value) => [JSON.stringify(value).slice(0, 40), value]))(
    '%s in place of a value is refused',
    async (_, value) => {
      const users = '/api/v2/users';
      expect([
        await send('PUT', host, { hostgroup_id: value }),
        await send('PUT', host, { enabled: value, comment: value, hostgroup: value }),
        await send('POST', users, { user: { login: 'a', role_ids: [value], admin: value } }),
        await send('POST', '/api/v2/roles', { role: { name: value, permissions: value } }),
        await send('POST', '/api/v2/config_reports', { config_report: { host: value, status: value, logs: [value] } }),
      ]).toEqual([422, 422, 422, 422, 422]);
      const log = { level: value, sources: { source: 'a' }, messages: { message: 'b' } };
      const config_report = { host: 'web3', reported_at: new Date().toISOString(), status: {}, logs: [{ log }] };
      expect(await send('POST', '/api/v2/config_reports', { config_report })).toBe(422);
    },
  );

  it.each([
    '/api/v2/hosts?hostgroup_id=%00a',
    '/api/v2/hosts?environment_id=%00a',
    '/api/v2/config_reports?host_id=%00a',
    '/api/v2/fact_values?host_id=%00a',
    '/api/v2/hosts/%00a/facts',
    '/api/v2/hosts/%00a/config_reports',
  ])('%s names nothing', async (path) => {
    expect((await app.fetch(path)).status).toBeLessThan(500);
  });

  const BRACKETS = ['[][]', '[a]', '[][a]', '[[]]', '[constructor]', '[__proto__]', '[__proto__][toString]'];

  it.each(['search', 'order', 'page', 'per_page', 'hostgroup_id'])(
    'lists in %s of a query are refused',
    async (name) => {
      for (const brackets of BRACKETS)
        expect([brackets, (await app.fetch(`/api/v2/hosts?${name}${brackets}=1`)).status]).toEqual([brackets, 400]);
    },
  );

  it.each(['include', 'thin', 'include_permissions', 'another'])('lists in %s of a query do no harm', async (name) => {
    for (const brackets of BRACKETS)
      expect((await app.fetch(`/api/v2/hosts?${name}${brackets}=1`)).status).toBeLessThan(500);
  });

  it.each([
    '::192.0.2.1',
    '64:ff9b::192.0.2.1',
    '64:ff9b::c000:201',
    '::ffff:0:192.0.2.1',
    'fe80::1%eth0',
    '::',
    'x',
    ',',
  ])('X-Forwarded-For: %s is an address, or none', async (address) => {
    const headers = { 'x-forwarded-for': address, 'content-type': 'application/json' };
    const facts = { name: 'web1', facts: { a: '1' } };
    const upload = await app.anonymous('/api/v2/hosts/facts', { method: 'POST', headers, body: JSON.stringify(facts) });
    const body = JSON.stringify({ login: { login: 'nobody', password: address } });
    const login = await app.anonymous('/users/login', { method: 'POST', headers, body });
    expect([upload.status, login.status]).toEqual([401, 401]);
  });
});
