import { Client } from 'pg';
import { ComputeResourceService, EngineRegistry } from '../../src/compute-resources';
import { Signals, UnitOfWork } from '../../src/database';
import type { Topic } from '../../src/database/signals';
import { engineData } from '../../tools/engine-simulator';
import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { register } from '../support/compute-resources';
import { ACCOUNT, EngineBench, MARA_ID } from '../support/engine-simulators';
import { ADMINISTRATOR, claimOf, cookieOf, logIn, registerEngine, rows } from '../support/sign-in';

jest.setTimeout(30_000); // each test starts services and engines

const bench = new EngineBench();
const apps: RunningApp[] = [];
const start = async (env: Record<string, string> = {}) => {
  const app = await startApp(env);
  apps.unshift(app); // the one whose database it is closes last
  return app;
};
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  await bench.close();
});

type Credentials = Record<string, string>;

const jsonOf = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Statuses of a read with each of the credentials; what they open is remembered by this. */
const look = (app: RunningApp, all: Credentials[]) =>
  Promise.all(all.map(async (headers) => (await app.anonymous('/api/v2/hosts', { headers })).status));

/** An engine with one person, who is signed in, has a token and an access key; all serve. */
async function withPerson(app: RunningApp) {
  const engine = await bench.start({ version: '4.5', https: true });
  const { id } = await register(app, engine, { name: 'theirs' });
  const login = await logIn(app, claimOf(engine.control.signIn(MARA_ID)));
  const { user } = (await login.json()) as { user: { id: number } };
  const token = await app.post(`/api/v2/users/${user.id}/personal_access_tokens`, {
    personal_access_token: { name: 'script' },
  });
  const { token_value: secret } = (await token.json()) as { token_value: string };
  const key = await app.post('/api/v2/access_keys', {
    access_key: { name: 'ci', compute_resource_id: id, engine_user: 'mara@corp', engine_password: 'mara-password' },
  });
  const made = (await key.json()) as { access_key: { access_key_id: string }; secret_access_key: string };
  const credentials: Credentials[] = [
    { cookie: cookieOf(login) },
    { authorization: `Bearer ${secret}` },
    { authorization: basic(made.access_key.access_key_id, made.secret_access_key) },
  ];
  expect(await look(app, credentials)).toEqual([200, 200, 200]);
  return { engine, id, userId: user.id, credentials };
}

/** Each way in which an engine stops signing its people in. */
const ENDS: [what: string, end: (app: RunningApp, id: number) => Promise<unknown>][] = [
  ['deleted', (app, id) => app.fetch(`/api/v2/compute_resources/${id}`, { method: 'DELETE' })],
  [
    'switched off',
    (app, id) => app.fetch(`/auth_source_ovirts/${id}`, jsonOf('PUT', { auth_source_ovirt: { enabled: false } })),
  ],
  [
    'moved to another server',
    async (app, id) => {
      const data = { ...engineData(), instanceId: '11111111-2222-4333-8444-555555555555' };
      const { url, ca: public_key } = await bench.start({ version: '4.5', https: true, data });
      const { password } = ACCOUNT;
      return app.fetch(`/api/v2/compute_resources/${id}`, jsonOf('PUT', { url, password, public_key }));
    },
  ],
];

describe.each(ENDS)('people of an engine that is %s', (_, end) => {
  it('are out in the same moment, sessions, tokens and access keys', async () => {
    const app = await start();
    const { id, credentials } = await withPerson(app);
    await end(app, id);
    expect(await look(app, credentials)).toEqual([401, 401, 401]);
    expect(await rows(app, 'SELECT token_digest FROM sessions WHERE engine_id IS NOT NULL')).toEqual([]);
  });

  it('are out on other instances, too, when the change is heard of there or a second has gone', async () => {
    const app = await start();
    const { id, credentials } = await withPerson(app);
    const other = await start({ DATABASE_URL: app.databaseUrl });
    expect(await look(other, credentials)).toEqual([200, 200, 200]);
    const told = heard(other, 'engines');
    await end(app, id);
    await told;
    expect(await look(other, credentials)).toEqual([401, 401, 401]);
  });
});

/** Resolves when the instance hears of a change; on SQLite, where instances tell each other nothing, after what its memos live. */
async function heard({ app, databaseUrl }: RunningApp, topic: Topic): Promise<void> {
  if (databaseUrl.startsWith('postgres')) return new Promise((resolve) => app.get(Signals).on(topic, () => resolve()));
  const till = performance.now() + 1_000;
  while (performance.now() < till) await new Promise(setImmediate);
}

it('a manager whose engine was deleted makes nobody a manager with the token that is left', async () => {
  const app = await start();
  const { id, userId, credentials } = await withPerson(app);
  await app.fetch(`/api/v2/users/${userId}`, jsonOf('PUT', { user: { admin: true } }));
  const other = await start({ DATABASE_URL: app.databaseUrl });
  const token = credentials[1];
  const rogue = () => {
    const body = { user: { login: 'rogue', password: 'a-good-password', admin: true } };
    const { headers, ...init } = jsonOf('POST', body);
    return other.anonymous('/api/v2/users', { ...init, headers: { ...token, ...(headers as Credentials) } });
  };
  expect(await look(other, credentials)).toEqual([200, 200, 200]);
  const told = heard(other, 'engines');
  await app.fetch(`/api/v2/compute_resources/${id}`, { method: 'DELETE' });
  await told;
  expect((await rogue()).status).toBe(401);
  expect(await rows(app, "SELECT id FROM users WHERE login = 'rogue'")).toEqual([]);
});

it('people of an engine that turns out to be another one sign in anew there', async () => {
  const app = await start();
  const { engine, credentials } = await withPerson(app);
  const late = await bench.start({ version: '4.5', https: true });
  late.control.fault({ kind: 'starting' });
  const { id } = await registerEngine(app, late, { name: 'late', loginPrefix: 'late_' });
  late.control.clearFaults();
  await app.app.get(UnitOfWork).run(async (tx) => {
    // its person, as if it had not told which engine it is when they signed in
    await tx.execute(
      `INSERT INTO users (login, engine_id, engine_user_id, created_at, updated_at)
       SELECT 'twin', engine_id, ?, 1, 1 FROM compute_resources WHERE id = ?`,
      [MARA_ID, id],
    );
  });
  const [twin] = await rows<{ id: number }>(app, "SELECT id FROM users WHERE login = 'twin'");
  const made = await app.post(`/api/v2/users/${twin?.id}/personal_access_tokens`, {
    personal_access_token: { name: 'script' },
  });
  const { token_value: secret } = (await made.json()) as { token_value: string };
  const ofTwin = [{ authorization: `Bearer ${secret}` }];
  await look(app, ofTwin);
  await app.app
    .get(ComputeResourceService)
    .update(ADMINISTRATOR, id, { password: ACCOUNT.password }, { evenIfFaulty: true });
  expect(await rows(app, 'SELECT id FROM engines')).toHaveLength(1);
  expect(await look(app, ofTwin)).toEqual([401]);
  expect(await look(app, credentials)).toEqual([200, 200, 200]); // those of the one that stays
  expect((await logIn(app, claimOf(engine.control.signIn(MARA_ID)))).status).toBe(200);
});

it('a login that an engine confirmed while it was being switched off opens nothing', async () => {
  const app = await start();
  const engine = await bench.start({ version: '4.5' });
  const { id } = await registerEngine(app, engine);
  const claim = claimOf(engine.control.signIn(MARA_ID));
  await logIn(app, claim); // what it speaks is known now
  const service = app.app.get(ComputeResourceService);
  const client = await engineClientOf(app);
  const ownerOf = client.ownerOf.bind(client);
  jest.spyOn(client, 'ownerOf').mockImplementation(async (...question) => {
    const owner = await ownerOf(...question);
    await service.updateAuthSource(ADMINISTRATOR, id, { enabled: false });
    return owner;
  });
  const answer = await logIn(app, claim);
  expect([answer.status, cookieOf(answer)]).toEqual([403, '']);
  expect(await rows(app, 'SELECT user_id FROM sessions')).toEqual([]);
});

async function engineClientOf({ app }: RunningApp) {
  const [engine] = await app.get(EngineRegistry).list();
  if (engine === undefined) throw new Error('no engine is registered');
  return engine.clientOf();
}

describe('what one instance changes of users', () => {
  it('is heard of by the others: roles, passwords and sign-outs', async () => {
    const app = await start();
    await app.post('/api/v2/users', { user: { login: 'zoe', password: 'a-good-password', admin: true } });
    const cookie = cookieOf(await logIn(app, { login: 'zoe', password: 'a-good-password' }));
    const other = await start({ DATABASE_URL: app.databaseUrl });
    const status = async (path: string) =>
      (await other.anonymous(`${path}?format=json`, { headers: { cookie } })).status;
    expect(await status('/users')).toBe(200);
    let told = heard(other, 'users');
    await app.fetch('/api/v2/users/zoe', jsonOf('PUT', { user: { admin: false } }));
    await told;
    expect([await status('/users'), await status('/account')]).toEqual([403, 200]);
    told = heard(other, 'sessions');
    await app.fetch('/api/v2/users/zoe', jsonOf('PUT', { user: { password: 'another-good-password' } }));
    await told;
    expect(await status('/account')).toBe(401);
  });
});

const onPostgres = process.env.DB === 'postgres' ? describe : describe.skip;
onPostgres('what one instance changes', () => {
  it('is heard of again after the connection was cut', async () => {
    const app = await start();
    const cookie = cookieOf(await logIn(app, ADMIN));
    const other = await start({ DATABASE_URL: app.databaseUrl });
    const again = heard(other, 'sessions'); // when it listens again, everything is forgotten
    const server = new Client({ connectionString: app.databaseUrl });
    await server.connect();
    const cut = await server.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'foreman-ovirt signals' AND datname = current_database()`,
    );
    await server.end();
    expect(cut.rowCount).toBe(2);
    await again;
    const status = async () => (await other.anonymous('/hosts?format=json', { headers: { cookie } })).status;
    expect(await status()).toBe(200);
    const told = heard(other, 'sessions');
    await app.anonymous('/users/logout', { headers: { cookie } });
    await told;
    expect(await status()).toBe(401);
  });
});
