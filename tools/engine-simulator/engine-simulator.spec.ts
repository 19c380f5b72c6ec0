import { startEngineSimulator, type EngineSimulator, type EngineSimulatorOptions } from '.';

const MARA_ID = '58ad9d2d-013a-00aa-018f-00000000022f';
const READER_ID = '58ad9d2d-013a-00aa-018f-000000000231';
const PREFER = { Prefer: 'persistent-auth' };
const JSON_ONLY = { Accept: 'application/json' };
const BASIC = `Basic ${Buffer.from('admin@internal:admin-password').toString('base64')}`;

const running: EngineSimulator[] = [];
afterEach(() => Promise.all(running.splice(0).map((engine) => engine.close())));

async function start(options: EngineSimulatorOptions): Promise<EngineSimulator> {
  const engine = await startEngineSimulator(options);
  running.push(engine);
  return engine;
}
const get = (url: string, headers: Record<string, string>) =>
  fetch(url, { headers: { ...JSON_ONLY, ...headers }, redirect: 'manual' });
const sessionHeaders = (secret: string) => ({ Cookie: `JSESSIONID=${secret}.engine1`, JSESSIONID: secret });
const apiOf = ({ version, url }: EngineSimulator) =>
  url + (['3.2', '3.3'].includes(version) ? '/api' : '/ovirt-engine/api');

describe('3.x sessions', () => {
  it.each([
    ['3.2', 200],
    ['3.4', 401],
    ['3.6', 401],
  ] as const)('%s: a request without Prefer gets %d and ends the session', async (version, status) => {
    const engine = await start({ version });
    const { secret } = engine.control.signIn(MARA_ID);
    expect((await get(apiOf(engine), { ...sessionHeaders(secret), ...PREFER })).status).toBe(200);
    expect((await get(apiOf(engine), sessionHeaders(secret))).status).toBe(status);
    expect(engine.control.isAlive(secret)).toBe(false);
  });

  it('3.6: a protected session without the JSESSIONID header is 403 and lives on', async () => {
    const engine = await start({ version: '3.6' });
    const { secret } = engine.control.signIn(MARA_ID);
    const { Cookie } = sessionHeaders(secret);
    expect((await get(apiOf(engine), { Cookie, ...PREFER })).status).toBe(403);
    expect(engine.control.isAlive(secret)).toBe(true);
  });

  it('Basic with Prefer gives a session: with the route in the cookie, without it in the header', async () => {
    const engine = await start({ version: '3.6' });
    const answer = await get(apiOf(engine), { Authorization: BASIC, ...PREFER });
    const id = answer.headers.get('jsessionid') ?? '';
    expect(engine.control.isAlive(id)).toBe(true);
    expect(answer.headers.get('set-cookie')).toBe(`JSESSIONID=${id}.engine1; Path=/ovirt-engine/api; HttpOnly`);
    expect((await get(apiOf(engine), { Authorization: BASIC })).headers.get('jsessionid')).toBeNull();
  });

  it.each([
    ['3.2', 400],
    ['3.6', 403],
    ['4.5', 200],
  ] as const)('%s: an unfiltered request of an ordinary user gets %d', async (version, status) => {
    const engine = await start({ version });
    const { secret } = engine.control.signIn(READER_ID);
    const headers = {
      ...sessionHeaders(secret),
      ...PREFER,
      ...(version === '4.5' && { Authorization: `Bearer ${secret}` }),
    };
    expect((await get(`${apiOf(engine)}/vms`, headers)).status).toBe(status);
    expect((await get(`${apiOf(engine)}/vms`, { ...headers, Filter: 'true' })).status).toBe(200);
  });
});

describe('refusals', () => {
  it.each([
    ['3.2', 'ENGINE', ''],
    ['3.6', 'RESTAPI', '<html><head><title>Error</title></head><body>Unauthorized</body></html>'],
    ['4.5', 'RESTAPI', '<html><head><title>Error</title></head><body>Unauthorized</body></html>'],
  ] as const)('%s: 401 has realm %s and its body', async (version, realm, body) => {
    const answer = await get(apiOf(await start({ version })), {});
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(`Basic realm="${realm}"`);
    await expect(answer.text()).resolves.toBe(body);
  });

  it.each([
    ['3.6', 400, 'text/plain; charset=utf-8'],
    ['4.5', 404, null],
  ] as const)('%s: a malformed id is %d, an unknown one 404 without a body', async (version, status, type) => {
    const engine = await start({ version });
    const malformed = await get(`${apiOf(engine)}/vms/1`, { Authorization: BASIC });
    expect([malformed.status, malformed.headers.get('content-type')]).toEqual([status, type]);
    const unknown = await get(`${apiOf(engine)}/vms/${MARA_ID}`, { Authorization: BASIC });
    expect([unknown.status, await unknown.text()]).toEqual([404, '']);
  });
});

describe('JSON', () => {
  it.each([
    ['3.2', { sockets: 2, cores: 4 }, 4294967296, false],
    ['3.4', { sockets: '2', cores: '4' }, 4294967296, false],
    ['3.6', { sockets: '2', cores: '4', threads: '2' }, 4294967296, 'false'],
    ['4.1', { sockets: '2', cores: '4', threads: '2' }, 4294967296, 'false'],
    ['4.5', { sockets: '2', cores: '4', threads: '2' }, '4294967296', 'false'],
  ] as const)('%s writes scalars its own way', async (version, topology, memory, stateless) => {
    const engine = await start({ version });
    const id = engine.data.vms[0]?.id;
    const vm: unknown = await (await get(`${apiOf(engine)}/vms/${id}`, { Authorization: BASIC })).json();
    expect(vm).toMatchObject({ cpu: { topology }, memory, stateless });
  });

  it('3.2 uses bean names and plural lists, 3.6 does not; empty collections are {}; the default is XML', async () => {
    const old = await start({ version: '3.2' });
    const body = async (url: string): Promise<unknown> => (await get(url, { Authorization: BASIC })).json();
    await expect(body(`${old.url}/api/users`)).resolves.toHaveProperty('users.0.userName', 'admin@internal');
    const engine = await start({ version: '3.6' });
    await expect(body(`${apiOf(engine)}/users`)).resolves.toHaveProperty('user.0.user_name', 'admin@internal-authz');
    engine.data.vms.length = 0;
    await expect(body(`${apiOf(engine)}/vms`)).resolves.toEqual({});
    const xml = await get(apiOf(engine), { Authorization: BASIC, Accept: '*/*' });
    expect(xml.headers.get('content-type')).toContain('application/xml');
  });
});

describe('4.x SSO', () => {
  const sso = async (engine: EngineSimulator, path: string, form: Record<string, string>, headers = {}) => {
    const body = new URLSearchParams(form);
    const answer = await fetch(`${engine.url}/ovirt-engine/sso/oauth/${path}`, {
      method: 'POST',
      body,
      headers: { ...JSON_ONLY, ...headers },
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const scope = 'ovirt-app-api';
  const grant = { grant_type: 'password', username: 'admin@internal', password: 'admin-password', scope };

  it('a password gives a token that the API accepts until sso-logout', async () => {
    const engine = await start({ version: '4.5', now: () => 0 });
    const { status, body } = await sso(engine, 'token', grant);
    expect([status, body.exp, body.token_type]).toEqual([200, String(7 * 24 * 3_600_000), 'bearer']);
    const headers = { Authorization: `Bearer ${String(body.access_token)}` };
    expect((await get(apiOf(engine), headers)).status).toBe(200);
    const form = new URLSearchParams({ scope, token: String(body.access_token) });
    await fetch(`${engine.url}/ovirt-engine/services/sso-logout`, { method: 'POST', body: form });
    expect((await get(apiOf(engine), headers)).status).toBe(401);
  });

  it('five wrong passwords lock an account for an hour, the right one included', async () => {
    const engine = await start({ version: '4.5', now: () => 0 });
    const answers: number[] = [];
    for (let n = 0; n < 5; n += 1) answers.push((await sso(engine, 'token', { ...grant, password: 'x' })).status);
    answers.push((await sso(engine, 'token', grant)).status);
    engine.control.advance(3_600_000);
    answers.push((await sso(engine, 'token', grant)).status);
    expect(answers).toEqual([400, 400, 400, 400, 400, 400, 200]);
  });

  it('errors are 400, shaped by the scope, and Accept must be exact', async () => {
    const engine = await start({ version: '4.5' });
    await expect(sso(engine, 'token', { ...grant, password: 'x' })).resolves.toMatchObject({
      status: 400,
      body: { error_code: 'access_denied' },
    });
    await expect(sso(engine, 'token', { ...grant, scope: 'x', password: 'x' })).resolves.toMatchObject({
      status: 400,
      body: { error: 'access_denied' },
    });
    const accept = { Accept: 'application/json, text/plain, */*' };
    await expect(sso(engine, 'token', grant, accept)).resolves.toMatchObject({ status: 400 });
  });

  it('webadmin’s token tells its owner to the core client only, in Jackson’s typed form', async () => {
    const engine = await start({ version: '4.5' });
    const { secret: token } = engine.control.signIn(MARA_ID);
    const client = (name: string) => ({ Authorization: `Basic ${Buffer.from(name).toString('base64')}` });
    const core = await sso(engine, 'token-info', { token }, client('ovirt-engine-core:core-secret'));
    expect(core.body).toMatchObject({
      user_id: 'mara@corp-authz',
      ovirt: ['java.util.HashMap', { first_name: 'Mara', group_ids: ['java.util.ArrayList', []] }],
    });
    const other = await sso(engine, 'token-info', { token }, client('companion:secret'));
    expect(other).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });
});

describe('options', () => {
  it('sessions end after their idle time, which use puts off', async () => {
    let now = 0;
    const engine = await start({ version: '4.5', sessionIdleMs: 1000, now: () => now });
    const { secret } = engine.control.signIn(MARA_ID);
    const ask = async () => (await get(apiOf(engine), { Authorization: `Bearer ${secret}` })).status;
    now = 900;
    await expect(ask()).resolves.toBe(200);
    now = 1800;
    await expect(ask()).resolves.toBe(200);
    now = 2801;
    await expect(ask()).resolves.toBe(401);
  });

  it('mounted routes share the origin and are spared by faults', async () => {
    const engine = await start({
      version: '4.5',
      mount: (app, { version }) =>
        app.get('/ovirt-engine/webadmin/', (_request, response) => void response.send(version)),
    });
    engine.control.fault({ kind: 'starting' });
    const page = await get(`${engine.url}/ovirt-engine/webadmin/`, {});
    await expect(page.text()).resolves.toBe('4.5');
    expect((await get(apiOf(engine), {})).status).toBe(503);
  });
});
