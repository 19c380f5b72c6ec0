import { EngineRegistry } from '../../src/compute-resources';
import type { EngineSimulator } from '../../tools/engine-simulator';
import { basic, startApp, type RunningApp } from '../support/app';
import { ADMIN_ID, EngineBench } from '../support/engine-simulators';
import { logIn, movableClock, registerEngine } from '../support/sign-in';

jest.setTimeout(30_000);

const bench = new EngineBench();
let app: RunningApp;
let other: RunningApp;
let engine: EngineSimulator;
let resource: number;

beforeEach(async () => {
  app = await startApp();
  engine = await bench.start({ version: '4.5' });
  resource = (await registerEngine(app, engine, { name: 'dc1' })).id;
  other = await startApp({}, () => app.databaseUrl);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await other.close();
  await app.close();
  await bench.close();
});

const setPassword = (password: string) =>
  Object.assign(engine.data.users.find(({ id }) => id === ADMIN_ID) ?? {}, { password });

/** The header of a new key of the same engine user as the service account's. */
async function makeKey(password: string): Promise<string> {
  const wish = { name: password, compute_resource_id: resource, engine_user: 'admin@internal' };
  const answer = await app.post('/api/v2/access_keys', { access_key: { ...wish, engine_password: password } });
  const made = (await answer.json()) as { access_key: { access_key_id: string }; secret_access_key: string };
  return basic(made.access_key.access_key_id, made.secret_access_key);
}

/** How often a password came to the engine, among requests that find out what it speaks, of which each has two without. */
function passwordsSince(before: number): number {
  const asked = engine.control.requests.slice(before).map(({ path }) => path);
  const of = (end: string) => asked.filter((path) => path.endsWith(end)).length;
  return of('/sso/oauth/token') - of('/ovirt-engine/api');
}

it('a stale service account and stale keys of its user are bounded together, on all instances', async () => {
  const keys: string[] = [];
  for (const password of ['first', 'second', 'third']) {
    setPassword(password);
    keys.push(await makeKey(password));
  }
  setPassword('present');
  const askAll = ({ app: of, anonymous }: RunningApp) => [
    of
      .get(EngineRegistry)
      .accountReader(resource)
      .then((reader) => reader.dataCenters()),
    ...keys.map((authorization) =>
      anonymous(`/api/v2/compute_resources/${resource}/available_clusters`, { headers: { authorization } }),
    ),
  ];
  const before = engine.control.requests.length;
  await Promise.allSettled([app, other].flatMap(askAll));
  await Promise.allSettled([app, other].flatMap(askAll));
  expect(passwordsSince(before)).toBe(4);
  movableClock(app)(16 * 60_000);
  const login = { login: 'admin@internal', password: 'present', engine: 'dc1' };
  expect((await logIn(app, login)).status).toBe(200); // the engine has not locked the account
});
