import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ComputeResourceService, EngineRegistry } from '../../src/compute-resources';
import { ENGINE_VERSIONS, engineData, provesOwner } from '../../tools/engine-simulator';
import { startApp, type RunningApp } from '../support/app';
import { ADMIN_ID, EngineBench, JOERG_ID, KEYCLOAK_ID, MARA_ID } from '../support/engine-simulators';
import {
  ADMINISTRATOR,
  claimOf,
  cookieOf,
  logIn,
  movableClock,
  registerEngine,
  rows,
  statusAndReason,
  trail,
} from '../support/sign-in';

jest.setTimeout(30_000); // each test starts a service and an engine

const bench = new EngineBench();
const apps: RunningApp[] = [];
const start = async (env: Record<string, string> = {}) => {
  const app = await startApp(env);
  apps.push(app);
  return app;
};
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  await bench.close();
});

const another = (secret: string) => `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;

const VERSIONS = ['3.2', '3.6', '4.1', '4.5'] as const;
describe.each(VERSIONS)('login with a session of a %s engine', (version) => {
  const acceptReadableUser = !provesOwner(version);

  async function appWithEngine() {
    const app = await start();
    const engine = await bench.start({ version });
    const resource = await registerEngine(app, engine, { acceptReadableUser });
    return { app, engine, resource };
  }

  it.each([ADMIN_ID, MARA_ID, JOERG_ID, KEYCLOAK_ID])(
    'the owner %s gets in as themselves, with role Ovirt, and sees the dashboard',
    async (userId) => {
      const { app, engine, resource } = await appWithEngine();
      const session = engine.control.signIn(userId);
      const response = await logIn(app, claimOf(session));
      expect(response.status).toBe(200);
      const login = session.userName.toLowerCase().replace(/-authz$/, '');
      expect(await response.json()).toMatchObject({ user: { login } });
      expect(
        await rows(
          app,
          `SELECT u.login, u.engine_id, u.engine_user_id, r.name AS role FROM users u
           JOIN user_roles ur ON ur.user_id = u.id JOIN roles r ON r.id = ur.role_id WHERE u.engine_id IS NOT NULL`,
        ),
      ).toEqual([{ login, engine_id: resource.engineId, engine_user_id: userId, role: 'Ovirt' }]);
      const dashboard = await app.anonymous('/dashboard/ovirt', { headers: { cookie: cookieOf(response) } });
      expect(dashboard.status).toBe(200);
    },
  );

  it.each([
    ['another login', (secret: string) => ({ login: 'ovirt_mara@corp', password: `${secret};${ADMIN_ID}` }), 403],
    [
      "another user's id",
      (secret: string) => ({ login: 'ovirt_admin@internal', password: `${secret};${MARA_ID}` }),
      403,
    ],
    ['an empty id', (secret: string) => ({ login: 'ovirt_admin@internal', password: `${secret};` }), 401],
    ['../', (secret: string) => ({ login: 'ovirt_admin@internal', password: `${secret};../vms` }), 401],
    ['%2f', (secret: string) => ({ login: 'ovirt_admin@internal', password: `${secret};..%2f..%2fvms` }), 401],
    [
      'a newline',
      (secret: string) => ({ login: 'ovirt_admin@internal', password: `${secret};${ADMIN_ID}\nX: y` }),
      401,
    ],
    [
      'a session nobody has',
      (secret: string) => ({ login: 'ovirt_admin@internal', password: `${another(secret)};${ADMIN_ID}` }),
      401,
    ],
    [
      'a secret with a newline',
      (secret: string) => ({ login: 'ovirt_admin@internal', password: `${secret}\r\nX: y;${ADMIN_ID}` }),
      401,
    ],
  ])('admin claiming %s is refused, and the audit trail says why', async (_, claim, status) => {
    const { app, engine } = await appWithEngine();
    const { secret } = engine.control.signIn(ADMIN_ID);
    const response = await logIn(app, claim(secret));
    const [entry] = await trail(app);
    const [, reason] = await statusAndReason(response);
    expect([response.status, cookieOf(response)]).toEqual([status, '']);
    expect(entry).toMatchObject({ outcome: 'refused', reason });
    expect(reason).toMatch(/^(owner_mismatch|invalid_user_id|engine_session_ended|malformed_secret)$/);
    expect(await rows(app, 'SELECT id FROM users WHERE engine_id IS NOT NULL')).toEqual([]);
  });

  it('a revoked session is refused', async () => {
    const { app, engine } = await appWithEngine();
    const session = engine.control.signIn(MARA_ID);
    engine.control.revoke(session.secret);
    expect(await statusAndReason(await logIn(app, claimOf(session)))).toEqual([401, 'engine_session_ended']);
  });

  it('the same session named for another engine is refused there', async () => {
    const { app, engine } = await appWithEngine();
    const data = { ...engineData(), instanceId: '11111111-2222-4333-8444-555555555555' };
    const other = await bench.start({ version, data });
    await registerEngine(app, other, { acceptReadableUser });
    const fields = { ...claimOf(engine.control.signIn(MARA_ID)), engine: `${other.url}/ovirt-engine/` };
    expect(await statusAndReason(await logIn(app, fields))).toEqual([401, 'engine_session_ended']);
    expect((await logIn(app, { ...fields, engine: `${engine.url}/ovirt-engine/` })).status).toBe(200);
  });
});

it('a person of Keycloak gets in with the profile that they sign in with, and as nobody else', async () => {
  const app = await start();
  const engine = await bench.start({ version: '4.5', behindKeycloak: true });
  await registerEngine(app, engine);
  const { secret } = engine.control.signIn(KEYCLOAK_ID);
  const claim = (login: string, userId: string) => logIn(app, { login, password: `${secret};${userId}` });
  const inAs = await claim('ovirt_admin@ovirt@internalsso', KEYCLOAK_ID);
  expect(await inAs.json()).toMatchObject({ user: { login: 'admin@ovirt@internalkeycloak' } });
  for (const [login, userId] of [
    ['ovirt_admin@internalsso', KEYCLOAK_ID],
    ['ovirt_admin@ovirt@internalsso', ADMIN_ID],
  ] as const)
    expect(await statusAndReason(await claim(login, userId))).toEqual([403, 'owner_mismatch']);
  for (const user of engine.data.users) user.withoutRole = true;
  const refused = await claim('ovirt_admin@ovirt@internalsso', KEYCLOAK_ID);
  expect(await statusAndReason(refused)).toEqual([401, 'engine_session_or_role']);
});

it.each(['3.2', '4.5'] as const)(
  "a %s engine's proof defeats a session with another's login and id",
  async (version) => {
    const app = await start();
    const engine = await bench.start({ version });
    await registerEngine(app, engine);
    const { secret } = engine.control.signIn(ADMIN_ID);
    const response = await logIn(app, { login: 'ovirt_mara@corp', password: `${secret};${MARA_ID}` });
    expect(await statusAndReason(response)).toEqual([403, 'owner_mismatch']);
  },
);

describe.each(ENGINE_VERSIONS.filter((version) => !provesOwner(version)))(
  'a %s engine without the weaker rule',
  (version) => {
    it('proves nothing to an ordinary user, so the login is refused with that reason', async () => {
      const app = await start();
      const engine = await bench.start({ version });
      await registerEngine(app, engine);
      expect(await statusAndReason(await logIn(app, claimOf(engine.control.signIn(MARA_ID))))).toEqual([
        403,
        'no_proof',
      ]);
    });
  },
);

describe('accounts of engine users', () => {
  it('a renamed user keeps the account, and what the engine tells of them is refreshed at each login', async () => {
    const app = await start();
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const first = (await (await logIn(app, claimOf(engine.control.signIn(MARA_ID)))).json()) as {
      user: { id: number };
    };
    engine.control.renameUser(MARA_ID, 'mara.lindqvist');
    const mara = engine.data.users.find(({ id }) => id === MARA_ID);
    Object.assign(mara ?? {}, { lastName: 'Åström-Nyström', email: '' });
    const second = (await (await logIn(app, claimOf(engine.control.signIn(MARA_ID)))).json()) as typeof first;
    expect(second.user).toMatchObject({ id: first.user.id, login: 'mara.lindqvist@corp' });
    const users = await rows(app, 'SELECT lastname, mail FROM users WHERE id = ?', [first.user.id]);
    expect(users).toEqual([{ lastname: 'Åström-Nyström', mail: null }]);
  });

  it('the same login at two engines is two people; at two addresses of one engine it is one', async () => {
    const app = await start();
    const one = await bench.start({ version: '4.5' });
    const data = { ...engineData(), instanceId: '11111111-2222-4333-8444-555555555555' };
    const two = await bench.start({ version: '4.5', data });
    await registerEngine(app, one, { name: 'one' });
    await registerEngine(app, one, { name: 'one, other data center' });
    await registerEngine(app, two, { name: 'two' });
    for (const engine of [one, two, one])
      expect((await logIn(app, claimOf(engine.control.signIn(ADMIN_ID)))).status).toBe(200);
    const users = await rows(app, 'SELECT login FROM users WHERE engine_id IS NOT NULL');
    expect(users).toEqual([{ login: 'admin@internal' }, { login: 'admin@internal' }]);
  });

  it('an address that is no engine any more keeps nobody of another engine out', async () => {
    const app = await start();
    const webServer = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
    await once(webServer, 'listening');
    const { port } = webServer.address() as AddressInfo;
    await registerEngine(app, { url: `http://127.0.0.1:${port}`, ca: '' }, { name: 'gone' });
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const session = claimOf(engine.control.signIn(MARA_ID));
    engine.control.fault({ kind: 'slow', delayMs: 50 });
    const response = await logIn(app, session);
    webServer.close();
    expect(response.status).toBe(200);
  });

  it('of two addresses of one engine, the one that is named is asked', async () => {
    const app = await start();
    const elder = await bench.start({ version: '4.5' });
    const named = await bench.start({ version: '4.5' });
    await registerEngine(app, elder, { name: 'elder' });
    const { id } = await registerEngine(app, named, { name: 'named' });
    const askedBefore = elder.control.requests.length;
    const session = named.control.signIn(MARA_ID);
    const response = await logIn(app, { ...claimOf(session), engine: `${named.url}/ovirt-engine/` });
    expect(response.status).toBe(200);
    const passTime = movableClock(app);
    passTime(30_000);
    const dashboard = await app.anonymous('/dashboard/ovirt', { headers: { cookie: cookieOf(response) } });
    expect(dashboard.status).toBe(200);
    await (await app.app.get(EngineRegistry).accountReader(id)).productInfo();
    expect(elder.control.requests).toHaveLength(askedBefore);
  });

  it("a person's access token serves only while the auth source is on", async () => {
    const app = await start();
    const engine = await bench.start({ version: '4.5' });
    const { id } = await registerEngine(app, engine);
    const login = await logIn(app, claimOf(engine.control.signIn(MARA_ID)));
    const { user } = (await login.json()) as { user: { id: number } };
    const tokenOf = async () => {
      const answer = await app.post(`/api/v2/users/${user.id}/personal_access_tokens`, {
        personal_access_token: { name: 'script' },
      });
      return ((await answer.json()) as { token_value: string }).token_value;
    };
    const statusWith = async (token: string) =>
      (await app.anonymous('/hosts?format=json', { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await statusWith(await tokenOf())).toBe(200);
    const later = await tokenOf();
    await app.app.get(ComputeResourceService).updateAuthSource(ADMINISTRATOR, id, { enabled: false });
    expect(await statusWith(later)).toBe(401);
  });

  it('a role that was taken away stays away', async () => {
    const app = await start();
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const first = await logIn(app, claimOf(engine.control.signIn(MARA_ID)));
    const { user } = (await first.json()) as { user: { id: number } };
    const changed = await app.fetch(`/api/v2/users/${user.id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: { role_ids: [] } }),
    });
    expect(changed.status).toBe(200);
    const again = await logIn(app, claimOf(engine.control.signIn(MARA_ID)));
    const dashboard = await app.anonymous('/dashboard/ovirt', { headers: { cookie: cookieOf(again) } });
    expect([again.status, dashboard.status]).toEqual([200, 403]);
  });

  it('without on-the-fly registration a new person is refused, a known one is not', async () => {
    const app = await start();
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine, { ontheflyRegister: false });
    expect(await statusAndReason(await logIn(app, claimOf(engine.control.signIn(MARA_ID))))).toEqual([
      403,
      'not_registered',
    ]);
    expect(await rows(app, 'SELECT id FROM users WHERE engine_id IS NOT NULL')).toEqual([]);
  });

  it('ten first logins at once make one account', async () => {
    const app = await start();
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const logins = await Promise.all(
      Array.from({ length: 10 }, () => logIn(app, claimOf(engine.control.signIn(MARA_ID)))),
    );
    expect(new Set(logins.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await rows(app, 'SELECT login FROM users WHERE engine_id IS NOT NULL')).toHaveLength(1);
  });
});
