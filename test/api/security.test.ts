import fs from 'node:fs';
import { ENTITIES } from '../../src/app.entities';
import { Database } from '../../src/database';
import { ADMIN, basic, SECRET_KEY, startApp, type RunningApp } from '../support/app';
import { ACCOUNT, EngineBench, MARA_ID } from '../support/engine-simulators';
import { claimOf, cookieOf, logIn, registerEngine, rows, statusAndReason } from '../support/sign-in';

jest.setTimeout(30_000); // each test starts a service and an engine

const bench = new EngineBench();
const apps: RunningApp[] = [];
const start = async (env: Record<string, string> = {}) => {
  const app = await startApp(env);
  apps.push(app);
  return app;
};
afterEach(async () => {
  jest.restoreAllMocks();
  for (const app of apps.splice(0)) await app.close();
  await bench.close();
});

const HTML = { accept: 'text/html' };
const framing = (response: Response) =>
  /frame-ancestors ([^;]*)/.exec(response.headers.get('content-security-policy') ?? '')?.[1];

describe('framing', () => {
  it.each([
    '/dashboard/ovirt',
    '/hosts',
    '/hosts/web1.example.com/ovirt',
    '/hosts/web1.example.com/graphs/ovirt',
    '/reports/1',
  ])(
    '%s may stand in frames of registered engines alone, signed in or not, and never leads to the login form',
    async (path) => {
      const app = await start();
      const engine = await bench.start({ version: '4.5' });
      await registerEngine(app, engine, { addresses: ['https://webadmin.example'] });
      const allowed = `'self' ${engine.url} https://webadmin.example`;
      expect(framing(await app.fetch(path, { headers: HTML }))).toBe(allowed);
      const unsigned = await app.anonymous(path, { headers: { ...HTML, 'sec-fetch-dest': 'iframe' } });
      expect([unsigned.status, framing(unsigned)]).toEqual([401, allowed]);
      const page = await unsigned.text();
      expect(page).toContain('You are not signed in to Foreman');
      expect(page).not.toContain('/users/login');
    },
  );

  it.each(['/users', '/users/login', '/roles', '/account', '/audits', '/compute_resources', '/nothing'])(
    '%s may stand in no frame',
    async (path) => {
      const app = await start();
      await registerEngine(app, await bench.start({ version: '4.5' }));
      expect(framing(await app.fetch(path, { headers: HTML }))).toBe("'none'");
      expect(framing(await app.anonymous(path, { headers: HTML }))).toBe("'none'");
    },
  );
});

describe('changes by a browser', () => {
  const FORM = { ...HTML, 'content-type': 'application/x-www-form-urlencoded' };
  const count = async (app: RunningApp) => (await rows(app, 'SELECT id FROM roles')).length;

  async function signedIn(env: Record<string, string> = {}) {
    const app = await start(env);
    const cookie = cookieOf(await logIn(app, ADMIN));
    const page = await (await app.anonymous('/roles/new', { headers: { ...HTML, cookie } })).text();
    const token = /name="authenticity_token" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const post = (headers: Record<string, string>, authenticity_token?: string) =>
      app.anonymous('/roles', {
        method: 'POST',
        headers: { ...FORM, ...headers },
        body: new URLSearchParams({
          'role[name]': 'New',
          'role[permissions][]': '',
          ...(authenticity_token && { authenticity_token }),
        }).toString(),
      });
    return { app, cookie, token, post };
  }

  it.each([
    ['without the token', {}, () => undefined],
    ["with a token that is not the session's", {}, (token: string) => `${token.slice(1)}A`],
    ['from another site, even with the token', { origin: 'https://evil.example' }, (token: string) => token],
    ['from a page that hides its origin', { origin: 'null' }, (token: string) => token],
    ['from another site that Fetch metadata tells', { 'sec-fetch-site': 'cross-site' }, (token: string) => token],
    ['from a sibling site', { 'sec-fetch-site': 'same-site' }, (token: string) => token],
  ])('%s are refused', async (_, headers, given) => {
    const { app, cookie, token, post } = await signedIn();
    const before = await count(app);
    expect((await post({ cookie, ...headers }, given(token))).status).toBe(403);
    expect(await count(app)).toBe(before);
  });

  it.each([
    ['http://HOST', {}],
    ['https://foreman.example', { PUBLIC_URL: 'https://foreman.example' }],
  ])('from %s with the token are taken', async (given, env) => {
    const { app, cookie, token, post } = await signedIn(env);
    const before = await count(app);
    const origin = given.replace('http://HOST', app.origin);
    expect((await post({ cookie, origin }, token)).status).toBe(303);
    expect(await count(app)).toBe(before + 1);
  });

  it('a cached Basic password does not serve another site, while programs need no token', async () => {
    const { post } = await signedIn();
    const authorization = basic(ADMIN.login, ADMIN.password);
    expect((await post({ authorization, origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ authorization })).status).toBe(303);
  });

  it('scripts of our pages send the token as a header', async () => {
    const { app, cookie, token } = await signedIn();
    const send = (headers: Record<string, string>) =>
      app.anonymous('/api/v2/roles', {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ role: { name: 'Scripted', permissions: [] } }),
      });
    expect(await statusAndReason(await send({}))).toEqual([403, 'form_token']);
    expect((await send({ 'x-csrf-token': token })).status).toBe(201);
  });
});

it('no secret appears in logs, database, pages or JSON', async () => {
  const log: string[] = [];
  const direct = fs.writeSync;
  jest.spyOn(fs, 'writeSync').mockImplementation(((fd: number, text: string, ...more: never[]) => {
    if (fd !== 1) return direct(fd, text, ...more);
    log.push(text);
    return Buffer.byteLength(text);
  }) as typeof fs.writeSync);
  jest.spyOn(fs, 'write').mockImplementation((_: number, text: string, ...more: unknown[]) => {
    log.push(text);
    const done = more.at(-1) as (error: null, count: number) => void;
    setImmediate(() => done(null, Buffer.byteLength(text)));
  });
  const app = await start({ LOG_LEVEL: 'trace' });
  const engine = await bench.start({ version: '4.5' });
  await registerEngine(app, engine);
  const session = engine.control.signIn(MARA_ID);
  const ofMara = cookieOf(await logIn(app, claimOf(session)));
  const ofAdmin = cookieOf(await logIn(app, ADMIN));
  const made = await app.post('/api/v2/personal_access_tokens', { personal_access_token: { name: 'x' } });
  const { token_value: bearer } = (await made.json()) as { token_value: string };
  await app.post('/api/v2/users', { user: { login: 'zoe', password: 'planted-password-of-zoe' } });
  await logIn(app, { login: 'zoe', password: 'planted-wrong-password' });
  await logIn(app, { login: `ovirt_${session.userName}`, password: `planted-engine-session;${MARA_ID}` });
  await logIn(app, { login: 'ovirt_x', password: 'planted-engine-session;../x' });
  const key = { name: 'ci', compute_resource_id: '1', engine_user: 'mara@corp', engine_password: 'mara-password' };
  const keys = await app.post('/api/v2/access_keys', { access_key: key });
  const { secret_access_key: ofKey } = (await keys.json()) as { secret_access_key: string };
  await app.post('/api/v2/access_keys', { access_key: { ...key, engine_password: 'planted-wrong-of-engine' } });
  await logIn(app, { login: 'mara@corp', password: 'mara-password', engine: '1' });
  await logIn(app, { login: 'mara@corp', password: 'planted-wrong-of-engine', engine: '1' });
  engine.control.fault({ kind: 'echo' });
  await logIn(app, { login: 'mara@corp', password: 'planted-wrong-of-engine', engine: '1' });
  await logIn(app, claimOf(session));
  await app.anonymous(
    `/hosts?password=planted-in-address&login[p%61ssword]=planted-in-address&%74oken=planted-in-address`,
    { headers: { ...HTML, cookie: ofAdmin } },
  );

  const shown: string[] = [];
  const paths = [
    '/users',
    '/roles',
    '/account',
    '/personal_access_tokens',
    '/access_keys',
    '/access_keys/1/edit',
    '/audits',
    '/compute_resources',
    '/auth_source_ovirts',
    '/compute_resources/1',
    '/compute_resources/1/edit',
  ];
  for (const path of [
    ...paths,
    ...paths.map((each) => `${each}?format=json`),
    ...['users', 'roles', 'personal_access_tokens', 'access_keys', 'compute_resources'].map(
      (name) => `/api/v2/${name}`,
    ),
  ])
    shown.push(
      await (
        await app.anonymous(path, { headers: { cookie: ofAdmin, ...(path.includes('json') ? {} : HTML) } })
      ).text(),
    );

  const database: string[] = [];
  const tables = await app.app
    .get(Database)
    .entities(({ connection }) => Promise.resolve(ENTITIES.map((entity) => connection.getMetadata(entity).tableName)));
  for (const name of tables) database.push(JSON.stringify(await rows(app, `SELECT * FROM ${name}`)));

  const secrets = [
    session.secret,
    ...[ofMara, ofAdmin].map((cookie) => cookie.split('=')[1] ?? ''),
    bearer,
    ofKey,
    'mara-password',
    'planted-wrong-of-engine',
    ADMIN.password,
    ACCOUNT.password,
    SECRET_KEY,
    'planted-password-of-zoe',
    'planted-wrong-password',
    'planted-engine-session',
  ];
  expect(secrets.every((secret) => secret.length > 8)).toBe(true);
  await apps.pop()?.close(); // the rest of the log is written
  expect(log.join('')).toContain('/users/login');
  for (const place of [log.join('\n'), database.join('\n'), shown.join('\n')])
    expect(secrets.filter((secret) => place.includes(secret))).toEqual([]);
  expect(log.join('\n')).not.toContain('planted-in-address');
});
