import { UnitOfWork } from '../../src/database';
import { engineData, type EngineSimulator } from '../../tools/engine-simulator';
import { basic, startApp, type RunningApp } from '../support/app';
import { register, registration } from '../support/compute-resources';
import { ACCOUNT, ADMIN_ID, EngineBench, MARA_ID } from '../support/engine-simulators';
import { claimOf, logIn, rows, statusAndReason } from '../support/sign-in';

jest.setTimeout(30_000); // each test starts a service and engines

const PASSWORD = 'a-good-password';
const bench = new EngineBench();
let app: RunningApp;
let engine: EngineSimulator;
let rogue: EngineSimulator;

/** An engine of the administrator's, and one with the same prefix that somebody registered who may do just that. */
beforeEach(async () => {
  app = await startApp();
  engine = await bench.start({ version: '4.5', https: true });
  await register(app, engine, { name: 'ours' });
  await makeUser('mallory', ['view_compute_resources', 'create_compute_resources']);
  const data = { ...engineData(), instanceId: '11111111-2222-4333-8444-555555555555' };
  rogue = await bench.start({ version: '4.5', https: true, data });
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

async function makeUser(login: string, permissions: string[]): Promise<void> {
  const role = await app.post('/api/v2/roles', { role: { name: `of ${login}`, permissions } });
  const { id } = (await role.json()) as { id: number };
  const made = await app.post('/api/v2/users', { user: { login, password: PASSWORD, role_ids: [id] } });
  expect(made.status).toBe(201);
}

async function registerRogue(login: string): Promise<void> {
  const answer = await app.anonymous('/api/v2/compute_resources', {
    method: 'POST',
    headers: { authorization: basic(login, PASSWORD), 'content-type': 'application/json' },
    body: JSON.stringify({ compute_resource: registration(rogue, { name: 'rogue' }) }),
  });
  expect(answer.status).toBe(201);
}

const change = (path: string, body: unknown) =>
  app.fetch(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Signs in with a session of ours and tells what came of it, and how often the rogue was asked. */
async function signIn(userId = MARA_ID) {
  const before = rogue.control.requests.length;
  const answer = await logIn(app, claimOf(engine.control.signIn(userId)));
  return { status: answer.status, shown: rogue.control.requests.length - before };
}

it.each([
  ['before anybody signed in', () => Promise.resolve()],
  [
    'when an administrator did',
    async () => {
      const login = await logIn(app, claimOf(engine.control.signIn(ADMIN_ID)));
      const { user } = (await login.json()) as { user: { id: number } };
      await change(`/api/v2/users/${user.id}`, { user: { admin: true } });
    },
  ],
])('who may register engines, and no more, is shown no session of another one, %s', async (_, before) => {
  await before();
  await registerRogue('mallory');
  expect(await signIn()).toEqual({ status: 200, shown: 0 });
  expect(await signIn(ADMIN_ID)).toEqual({ status: 200, shown: 0 });
});

it('is shown none either when the other engine is switched off', async () => {
  await registerRogue('mallory');
  await change('/auth_source_ovirts/ours', { auth_source_ovirt: { enabled: false } });
  expect(await signIn()).toEqual({ status: 403, shown: 0 });
});

it('who may change engines makes a rogue of none that an administrator registered', async () => {
  await register(app, await bench.start({ version: '3.6', https: true }), { name: 'idle' });
  await makeUser('eve', ['view_compute_resources', 'edit_compute_resources']);
  const { url, ca: public_key } = rogue;
  const moved = await app.anonymous('/api/v2/compute_resources/idle', {
    method: 'PUT',
    headers: { authorization: basic('eve', PASSWORD), 'content-type': 'application/json' },
    body: JSON.stringify({ url, public_key, password: ACCOUNT.password }),
  });
  expect(moved.status).toBe(200);
  expect(await signIn()).toEqual({ status: 200, shown: 0 });
});

it('two engines that an administrator registered are both asked', async () => {
  await register(app, rogue, { name: 'second' });
  expect((await signIn()).shown).toBeGreaterThan(0);
  expect((await logIn(app, claimOf(rogue.control.signIn(MARA_ID)))).status).toBe(200);
});

it('where nobody knows who registered them, callers that name no engine are refused until a password is entered again', async () => {
  await register(app, rogue, { name: 'second' });
  await app.app.get(UnitOfWork).run((tx) => tx.execute('UPDATE compute_resources SET registrar_id = NULL'));
  await change('/api/v2/compute_resources/second', { description: 'hall 3' }); // the registry sees the rows anew
  const session = claimOf(engine.control.signIn(MARA_ID));
  expect(await statusAndReason(await logIn(app, session))).toEqual([403, 'engine_not_named']);
  expect((await logIn(app, { ...session, engine: `${engine.url}/ovirt-engine/` })).status).toBe(200);
  await change('/api/v2/compute_resources/ours', { password: ACCOUNT.password });
  expect(await signIn()).toEqual({ status: 200, shown: 0 });
  expect(await rows(app, 'SELECT name FROM compute_resources WHERE registrar_id IS NULL')).toEqual([
    { name: 'second' },
  ]);
});
