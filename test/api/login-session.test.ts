import { UnitOfWork } from '../../src/database';
import { provesOwner, type EngineSimulator } from '../../tools/engine-simulator';
import { ADMIN, SECRET_KEY, startApp, type RunningApp } from '../support/app';
import { makeDatabase } from '../support/database';
import { EngineBench, MARA_ID } from '../support/engine-simulators';
import { claimOf, cookieOf, logIn, movableClock, registerEngine, rows, submitLogin } from '../support/sign-in';

jest.setTimeout(30_000); // each test starts a service and an engine

const MINUTE_MS = 60_000;
const OTHER_KEY = 'another-key-another-key-another-key';
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

interface Signed {
  app: RunningApp;
  engine: EngineSimulator;
  secret: string;
  forward: (ms: number) => void;
  /** Status and reason of the dashboard's JSON. */
  look: (headers?: Record<string, string>) => Promise<[number, string | undefined]>;
}

async function signedIn(
  version: '3.2' | '3.6' | '4.1' | '4.5' = '4.5',
  env: Record<string, string> = {},
): Promise<Signed> {
  const app = await start(env);
  const engine = await bench.start({ version });
  await registerEngine(app, engine, { acceptReadableUser: !provesOwner(version) });
  const session = engine.control.signIn(MARA_ID);
  const forward = movableClock(app);
  const cookie = cookieOf(await logIn(app, claimOf(session)));
  const look = async (headers: Record<string, string> = {}): Promise<[number, string | undefined]> => {
    const response = await app.anonymous('/dashboard/ovirt?format=json', { headers: { cookie, ...headers } });
    const { error } = (await response.json()) as { error?: { reason?: string } };
    return [response.status, error?.reason];
  };
  return { app, engine, secret: session.secret, forward, look };
}

const BACKGROUND = { 'x-background-refresh': '1' };

describe.each(['3.2', '3.6', '4.1', '4.5'] as const)('a session by a session of a %s engine', (version) => {
  it('is ended within half a minute after the engine ended its own, and keeps no secret', async () => {
    const { app, engine, secret, forward, look } = await signedIn(version);
    engine.control.revoke(secret);
    forward(30_000);
    expect(await look()).toEqual([401, 'engine_session_ended']);
    expect(await rows(app, 'SELECT token_digest FROM sessions')).toEqual([]);
  });

  it('goes on while the engine confirms it', async () => {
    const { forward, look } = await signedIn(version);
    for (let minute = 0; minute < 5; minute += 1) {
      forward(30_000);
      expect(await look()).toEqual([200, undefined]);
    }
  });
});

it('a session ends within half a minute after its owner lost the last role in the engine', async () => {
  const { app, engine, forward, look } = await signedIn();
  for (const user of engine.data.users) user.withoutRole = true;
  forward(30_000);
  expect(await look()).toEqual([401, 'engine_session_ended']);
  expect(await rows(app, 'SELECT token_digest FROM sessions')).toEqual([]);
});

it('a session ends within half a minute when another engine answers at the address', async () => {
  const { app, engine, forward, look } = await signedIn();
  engine.data.instanceId = '11111111-2222-4333-8444-555555555555';
  forward(30_000);
  expect(await look()).toEqual([401, 'engine_replaced']);
  expect(await rows(app, 'SELECT token_digest FROM sessions')).toEqual([]);
});

describe('questions to the engine', () => {
  it('are asked at most once in half a minute, however many requests come at once', async () => {
    const { engine, forward, look } = await signedIn();
    const before = engine.control.requests.length;
    forward(20_000);
    await Promise.all([look(), look()]);
    expect(engine.control.requests.length).toBe(before);
    forward(10_000);
    await Promise.all(Array.from({ length: 10 }, () => look()));
    expect(engine.control.requests.length).toBe(before + 1);
  });

  it('are never asked for background requests, which live on the last proof for ten minutes', async () => {
    const { engine, forward, look } = await signedIn();
    const before = engine.control.requests.length;
    forward(9 * MINUTE_MS);
    expect(await look(BACKGROUND)).toEqual([200, undefined]);
    forward(2 * MINUTE_MS);
    expect(await look(BACKGROUND)).toEqual([401, 'stale']);
    expect(engine.control.requests.length).toBe(before);
    expect(await look()).toEqual([200, undefined]);
  });
});

describe('an engine that does not answer', () => {
  it('leaves the session alive for ten minutes, and no longer', async () => {
    const { engine, forward, look } = await signedIn();
    engine.control.fault({ kind: 'cut' });
    forward(9 * MINUTE_MS);
    expect(await look()).toEqual([200, undefined]);
    forward(2 * MINUTE_MS);
    expect(await look()).toEqual([401, 'engine_unreachable']);
  });

  it('ends it at once when ENGINE_OUTAGE_MINUTES is 0', async () => {
    const { engine, forward, look } = await signedIn('4.5', { ENGINE_OUTAGE_MINUTES: '0' });
    engine.control.fault({ kind: 'starting' });
    forward(30_000);
    expect(await look()).toEqual([401, 'engine_unreachable']);
  });

  it('that hangs costs people of no other engine anything', async () => {
    const { app, engine, forward, look } = await signedIn();
    engine.control.fault({ kind: 'hang' });
    forward(30_000);
    const hanging = look();
    const startedAt = Date.now();
    expect((await app.fetch('/dashboard/ovirt?format=json')).status).toBe(200);
    expect(Date.now() - startedAt).toBeLessThan(1_500);
    expect(await hanging).toEqual([200, undefined]);
  });
});

describe('a session', () => {
  it('ends after the idle time, for pages and JSON alike; background requests do not extend it', async () => {
    const app = await start();
    const forward = movableClock(app);
    const cookie = cookieOf(await logIn(app, ADMIN));
    const status = async (headers: Record<string, string> = {}) =>
      (await app.anonymous('/hosts?format=json', { headers: { cookie, ...headers } })).status;
    forward(59 * MINUTE_MS);
    expect(await status()).toBe(200);
    forward(59 * MINUTE_MS);
    expect(await status(BACKGROUND)).toBe(200);
    forward(2 * MINUTE_MS);
    expect(await status()).toBe(401);
  });

  it('of a disabled auth source ends at once', async () => {
    const { app, look } = await signedIn();
    const changed = await app.fetch('/auth_source_ovirts/1?format=json', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ auth_source_ovirt: { enabled: false } }),
    });
    expect(changed.status).toBe(200);
    expect(await look()).toEqual([401, undefined]);
  });
});

it('a session outlives a change of the secret key: at the start its engine secret is sealed anew', async () => {
  const engine = await bench.start({ version: '4.5' });
  const { url: DATABASE_URL, drop } = await makeDatabase();
  const runs: Record<string, string>[] = [
    { SECRET_KEY },
    { SECRET_KEY: OTHER_KEY, SECRET_KEY_PREVIOUS: SECRET_KEY },
    { SECRET_KEY: OTHER_KEY },
  ];
  let cookie = '';
  const statuses: number[] = [];
  for (const keys of runs) {
    const app = await startApp({ DATABASE_URL, ENGINE_OUTAGE_MINUTES: '0', ...keys });
    if (cookie === '') {
      await registerEngine(app, engine);
      cookie = cookieOf(await logIn(app, claimOf(engine.control.signIn(MARA_ID))));
    }
    statuses.push((await app.anonymous('/dashboard/ovirt?format=json', { headers: { cookie } })).status);
    await app.app.get(UnitOfWork).run((tx) => tx.execute('UPDATE sessions SET proved_at = 0'));
    await app.close();
  }
  await drop();
  expect(statuses).toEqual([200, 200, 200]);
});

describe("the session's cookie", () => {
  const cookieText = async (env: Record<string, string>, headers: Record<string, string>) => {
    const app = await start(env);
    return (await logIn(app, ADMIN, headers)).headers.getSetCookie()[0] ?? '';
  };
  const HTTPS = { 'x-forwarded-proto': 'https' };

  it('is kept from scripts and other sites, and from plain HTTP where there is HTTPS', async () => {
    const plain = await cookieText({}, {});
    expect(plain).toMatch(/HttpOnly; SameSite=Lax/);
    expect(plain).not.toMatch(/Secure|Partitioned/);
    expect(await cookieText({}, HTTPS)).toMatch(/Path=\/foreman; HttpOnly; Secure; SameSite=Lax$/);
  });

  it("is partitioned for webadmin's frames on another site, over HTTPS alone", async () => {
    const app = await start();
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine, { addresses: ['https://webadmin.example'] });
    const fields = claimOf(engine.control.signIn(MARA_ID));
    const crossSite = { origin: 'https://webadmin.example', 'sec-fetch-site': 'cross-site' };
    const [https = ''] = (await logIn(app, fields, { ...HTTPS, ...crossSite })).headers.getSetCookie();
    expect(https).toMatch(/HttpOnly; Secure; Partitioned; SameSite=None$/);
    const [http = ''] = (await logIn(app, fields, crossSite)).headers.getSetCookie();
    expect(http).toMatch(/SameSite=Lax$/);
  });
});

describe('signing out', () => {
  const isSignedIn = async (app: RunningApp, cookie: string) =>
    (await app.anonymous('/hosts?format=json', { headers: { cookie } })).status === 200;

  it.each([
    ['a program', {}, true],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, true],
    ["an engine's webadmin", { 'sec-fetch-site': 'cross-site', origin: 'https://webadmin.example' }, true],
    [
      "an engine's webadmin that an old browser tells by Referer",
      { referer: 'https://webadmin.example/ovirt-engine/' },
      true,
    ],
    ['another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['another site, by Referer', { referer: 'https://evil.example/' }, false],
    ['another site by way of a redirect', { 'sec-fetch-site': 'cross-site', referer: 'OWN' }, false],
  ])('by GET from %s', async (_, headers, ends) => {
    const app = await start();
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine, { addresses: ['https://webadmin.example'] });
    const cookie = cookieOf(await submitLogin(app, ADMIN));
    const sent = Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, v === 'OWN' ? `${app.origin}/` : v]));
    const response = await app.anonymous('/users/logout', { headers: { cookie, ...sent } });
    expect([response.status, await isSignedIn(app, cookie)]).toEqual(ends ? [302, false] : [403, true]);
  });
});
