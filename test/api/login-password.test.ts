import { SessionStore } from '../../src/auth';
import { ComputeResourceService } from '../../src/compute-resources';
import { Database } from '../../src/database';
import { type EngineSimulator, type EngineSimulatorOptions } from '../../tools/engine-simulator';
import { ADMIN, startApp, type RunningApp } from '../support/app';
import { ADMIN_ID, EngineBench, KEYCLOAK_ACCOUNT, KEYCLOAK_ID, MARA_ID, READER_ID } from '../support/engine-simulators';
import {
  ADMINISTRATOR,
  cookieOf,
  logIn,
  movableClock,
  registerEngine,
  rows,
  statusAndReason,
  submitLogin,
  trail,
} from '../support/sign-in';

jest.setTimeout(60_000); // each test starts a service and an engine

const bench = new EngineBench();
const apps: RunningApp[] = [];
const start = async (by?: (databaseUrl: string) => string) => {
  const app = await startApp({}, by);
  apps.push(app);
  return app;
};
afterEach(async () => {
  jest.restoreAllMocks();
  for (const app of apps.splice(0)) await app.close();
  await bench.close();
});

const MARA = { login: 'mara@corp', password: 'mara-password' };
const corp = { ...MARA, engine: 'corp' };
const wrong = (i = 0) => ({ ...corp, password: `wrong-${i}` });
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, i) => make(i));

async function corpOf(options: Partial<EngineSimulatorOptions> = {}, app?: RunningApp) {
  const service = app ?? (await start());
  const engine = await bench.start({ version: '4.5', ...options });
  const resource = await registerEngine(service, engine, { name: 'corp' });
  return { app: service, engine, resource };
}

/** What the service keeps of the only live engine session. */
async function secretIn({ app }: RunningApp): Promise<string> {
  const store = app.get(SessionStore);
  const [user] = await app
    .get(Database)
    .query<{ id: number; engine_id: number }>('SELECT id, engine_id FROM users WHERE engine_id IS NOT NULL');
  const [session] = await store.liveOf(user?.id ?? 0, user?.engine_id ?? 0);
  if (!session?.engine) throw new Error('there is no session');
  const { secret } = store.secretOf(session, session.engine);
  return secret.replace(/\.engine1$/, ''); // what 3.x adds for its load balancer
}

/** Requests by which 4.x takes passwords; once the service asks there without one, to find out what the engine speaks. */
const passwordsAt = ({ control }: EngineSimulator) =>
  control.requests.filter(({ path }) => path === '/ovirt-engine/sso/oauth/token').length;

describe.each(['3.2', '3.6', '4.1', '4.5'] as const)('a %s engine', (version) => {
  it.each([
    ['admin@internal', 'admin-password', ADMIN_ID],
    ['mara@corp', 'mara-password', MARA_ID],
    ['reader@corp', 'reader-password', READER_ID],
  ])('signs %s in by password, as themselves, with no session left behind', async (login, password, userId) => {
    const { app, engine, resource } = await corpOf({ version });
    const response = await logIn(app, { login, password, engine: 'corp' });
    expect(await response.json()).toMatchObject({ user: { login, auth_source_name: 'corp' } });
    const people = await rows(app, 'SELECT engine_id, engine_user_id FROM users WHERE engine_id IS NOT NULL');
    expect(people).toEqual([{ engine_id: resource.engineId, engine_user_id: userId }]);
    const cookie = cookieOf(response);
    const secret = await secretIn(app);
    expect(engine.control.isAlive(secret)).toBe(true);
    const page = () => app.anonymous('/dashboard/ovirt', { headers: { cookie } });
    expect((await page()).status).toBe(200);
    await app.anonymous('/users/logout', { headers: { cookie } });
    expect([engine.control.isAlive(secret), (await page()).status]).toEqual([false, 401]);
  });

  it('refuses a wrong password, which makes no account', async () => {
    const { app } = await corpOf({ version });
    expect(await statusAndReason(await logIn(app, wrong()))).toEqual([401, 'bad_credentials']);
    expect(await rows(app, 'SELECT id FROM users WHERE engine_id IS NOT NULL')).toEqual([]);
    expect((await trail(app))[0]).toMatchObject({ actor: 'mara@corp', outcome: 'refused', reason: 'bad_credentials' });
  });
});

it('behind Keycloak a person signs in with the name that they have there', async () => {
  const { app } = await corpOf({ behindKeycloak: true });
  const { user: login, password } = KEYCLOAK_ACCOUNT;
  expect((await logIn(app, { login, password, engine: 'corp' })).status).toBe(200);
  const people = await rows(app, 'SELECT engine_user_id FROM users WHERE engine_id IS NOT NULL');
  expect(people).toEqual([{ engine_user_id: KEYCLOAK_ID }]);
  const half = await logIn(app, { login: 'admin@internal', password, engine: 'corp' });
  expect(await statusAndReason(half)).toEqual([401, 'invalid_user']);
});

describe('wrong passwords of an engine account', () => {
  it('reach it four times in 15 minutes, however many are sent at once and wherever they are tried', async () => {
    const { app, engine } = await corpOf();
    const other = await start(() => app.databaseUrl);
    await logIn(app, corp);
    await logIn(other, corp);
    const before = passwordsAt(engine);
    const guesses = times(12, (i) =>
      logIn(i % 2 === 0 ? app : other, { ...wrong(i), login: i > 5 ? 'Mara@CORP' : MARA.login }),
    );
    const answers = await Promise.all(guesses);
    expect(answers.map(({ status }) => status).sort()).toEqual([...times(4, () => 401), ...times(8, () => 429)]);
    expect(passwordsAt(engine) - before).toBe(4);
    const right = await logIn(app, corp);
    const { error } = (await right.json()) as { error: { message: string } };
    expect([right.status, Number(right.headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(14 * 60);
    expect(error.message).toMatch(/could lock this account at the engine/);
    expect(passwordsAt(engine) - before).toBe(4);
    expect((await logIn(app, { login: 'admin@internal', password: 'admin-password', engine: 'corp' })).status).toBe(
      200,
    );
  });

  it('of a service account that is tried count, too', async () => {
    const { app, engine, resource } = await corpOf();
    const test = (password: string) =>
      app.fetch(`/api/v2/compute_resources/${resource.id}/test_connection`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ compute_resource: { password } }),
      });
    for (const i of times(4, (each) => each)) expect((await test(`wrong-${i}`)).status).toBe(200);
    const before = engine.control.requests.length;
    expect((await test('admin-password')).status).toBe(429);
    const login = { login: 'admin@internal', password: 'admin-password', engine: 'corp' };
    expect((await logIn(app, login)).status).toBe(429);
    const [api, sso] = ['/ovirt-engine/api', '/ovirt-engine/sso/oauth/token']; // what the engine speaks, without a password
    expect(engine.control.requests.slice(before).map(({ path }) => path)).toEqual([api, sso, api, sso]);
  });

  it('are forgotten after 15 minutes', async () => {
    const { app } = await corpOf();
    const passTime = movableClock(app);
    for (const i of times(4, (each) => each)) await logIn(app, wrong(i));
    passTime(14 * 60_000);
    expect((await logIn(app, corp)).status).toBe(429);
    passTime(60_000);
    expect((await logIn(app, corp)).status).toBe(200);
  });

  it('count not where they were right, or where the engine was not reached', async () => {
    const { app, engine } = await corpOf();
    for (const status of times(6, () => 200)) expect((await logIn(app, corp)).status).toBe(status);
    const mara = engine.data.users.find(({ id }) => id === MARA_ID);
    Object.assign(mara ?? {}, { withoutRole: true });
    for (const refused of times(5, () => [403, 'no_engine_role']))
      expect(await statusAndReason(await logIn(app, corp))).toEqual(refused);
  });

  it('are none where the engine was away before one could be sent', async () => {
    const { app, engine } = await corpOf();
    engine.control.fault({ kind: 'starting', path: '/ovirt-engine/api' });
    for (const status of times(5, () => 503)) expect((await logIn(app, corp)).status).toBe(status);
    engine.control.clearFaults();
    expect((await logIn(app, corp)).status).toBe(200);
  });

  it('are not said to have been wrong while they are being tried', async () => {
    const { app } = await corpOf({ refusalDelayMs: 500 });
    const answers = await Promise.all(times(5, (i) => logIn(app, wrong(i))));
    const [tooMany] = answers.filter(({ status }) => status === 429);
    expect(tooMany?.headers.get('retry-after')).toBe('6');
    expect(await tooMany?.text()).toContain('4 are being tried now or were wrong lately');
  });

  it('let others sign in while the engine holds its refusal back', async () => {
    const { app } = await corpOf({ refusalDelayMs: 3_000 });
    let refused = 0;
    const people = ['admin@internal', 'mara@corp', 'jörg@corp', 'no.one@corp'];
    const guesses = people.flatMap((login) =>
      times(3, (i) => logIn(app, { ...wrong(i), login }).finally(() => (refused += 1))),
    );
    const reader = { login: 'reader@corp', password: 'reader-password', engine: 'corp' };
    expect((await logIn(app, reader)).status).toBe(200);
    expect((await logIn(app, ADMIN)).status).toBe(200);
    expect(refused).toBe(0);
    await Promise.all(guesses);
  });
});

describe('a password', () => {
  it('goes to no engine that is not named', async () => {
    const { app, engine } = await corpOf();
    const before = engine.control.requests.length;
    expect(await statusAndReason(await logIn(app, MARA))).toEqual([401, 'bad_credentials']);
    expect(await statusAndReason(await logIn(app, { ...MARA, engine: '' }))).toEqual([401, 'bad_credentials']);
    expect(engine.control.requests).toHaveLength(before);
  });

  it.each([
    ['name', ({ name }: { name: string }) => name],
    ['id', ({ id }: { id: number }) => String(id)],
    ['base URL', ({ url }: { url: string }) => url.replace('/api', '/')],
  ])('goes to the engine whose %s is given', async (_, keyOf) => {
    const { app, engine, resource } = await corpOf();
    const key = keyOf({ name: 'corp', id: resource.id, url: `${engine.url}/ovirt-engine/api` });
    expect((await logIn(app, { ...MARA, engine: key })).status).toBe(200);
  });

  it('is refused without asking anybody: an unknown engine, one that is switched off, none at all', async () => {
    const { app, engine } = await corpOf();
    const before = engine.control.requests.length;
    expect(await statusAndReason(await logIn(app, { ...MARA, engine: 'nowhere' }))).toEqual([
      403,
      'engine_not_registered',
    ]);
    expect(await statusAndReason(await logIn(app, { ...corp, password: '' }))).toEqual([401, 'bad_credentials']);
    const { id } = (await rows<{ id: number }>(app, 'SELECT id FROM compute_resources'))[0] ?? { id: 0 };
    await app.app.get(ComputeResourceService).updateAuthSource(ADMINISTRATOR, id, { enabled: false });
    expect(await statusAndReason(await logIn(app, corp))).toEqual([403, 'engine_disabled']);
    expect(engine.control.requests).toHaveLength(before);
  });

  it('is kept nowhere', async () => {
    const { app } = await corpOf();
    await logIn(app, corp);
    await logIn(app, wrong(7));
    const tables = ['sessions', 'users', 'audits', 'engine_password_attempts'];
    for (const table of tables)
      expect(JSON.stringify(await rows(app, `SELECT * FROM ${table}`))).not.toMatch(/mara-password|wrong-7/);
  });

  it('of a browser brings it where it wanted to go, and back to the form when it is wrong', async () => {
    const { app } = await corpOf();
    const right = await submitLogin(app, corp, { original_uri: '/foreman/hosts?search=x' });
    expect([right.status, right.headers.get('location')]).toEqual([302, '/foreman/hosts?search=x']);
    const refused = await submitLogin(app, wrong());
    expect(refused.headers.get('location')).toMatch(/^\/foreman\/users\/login\?refused=bad_credentials/);
  });

  it('is asked for with the choice of engines that sign people in, and the choice is kept', async () => {
    const { app, resource } = await corpOf();
    const form = async (query = '') =>
      (await app.anonymous(`/users/login${query}`, { headers: { accept: 'text/html' } })).text();
    const fields = { ...MARA, password: 'wrong', engine: String(resource.id) };
    const back = (await submitLogin(app, fields)).headers.get('location') ?? '';
    expect(await form(new URL(back, app.origin).search)).toContain(
      `<option value="${resource.id}" selected>corp</option>`,
    );
    expect(await form()).toContain('<option value="" selected>Foreman account</option>');
    await app.app.get(ComputeResourceService).updateAuthSource(ADMINISTRATOR, resource.id, { enabled: false });
    expect(await form()).not.toContain('<select');
  });

  it('of somebody without an account, where none is made, leaves no session behind', async () => {
    const { app, engine, resource } = await corpOf();
    await app.app.get(ComputeResourceService).updateAuthSource(ADMINISTRATOR, resource.id, { ontheflyRegister: false });
    expect(await statusAndReason(await logIn(app, corp))).toEqual([403, 'not_registered']);
    expect(engine.control.requests.map(({ path }) => path)).toContain('/ovirt-engine/services/sso-logout');
  });
});
