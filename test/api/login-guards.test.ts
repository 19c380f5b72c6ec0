import { engineData } from '../../tools/engine-simulator';
import { ADMIN, startApp, type RunningApp } from '../support/app';
import { EngineBench, MARA_ID } from '../support/engine-simulators';
import {
  claimOf,
  cookieOf,
  logIn,
  movableClock,
  registerEngine,
  rows,
  statusAndReason,
  submitLogin,
  trail,
} from '../support/sign-in';

jest.setTimeout(30_000); // each test starts a service and an engine

const bench = new EngineBench();
let app: RunningApp;
const WEBADMIN = 'https://webadmin.example.com';
const otherEngine = () => ({ ...engineData(), instanceId: '11111111-2222-4333-8444-555555555555' });

beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

describe('where a login comes from', () => {
  it.each(['https://evil.example', 'null'])(
    'from a page of %s it is refused before anything is asked',
    async (origin) => {
      const engine = await bench.start({ version: '4.5' });
      await registerEngine(app, engine);
      const asked = engine.control.requests.length;
      const session = engine.control.signIn(MARA_ID);
      expect(await statusAndReason(await logIn(app, claimOf(session), { origin }))).toEqual([403, 'foreign_origin']);
      expect(await statusAndReason(await logIn(app, ADMIN, { origin }))).toEqual([403, 'foreign_origin']);
      expect(engine.control.requests.length).toBe(asked);
      expect(await trail(app)).toMatchObject([{ reason: 'foreign_origin' }, { reason: 'foreign_origin' }]);
    },
  );

  it("from an engine's webadmin the session goes to that engine alone", async () => {
    const [one, two] = [
      await bench.start({ version: '4.5' }),
      await bench.start({ version: '4.5', data: otherEngine() }),
    ];
    await registerEngine(app, one, { addresses: [WEBADMIN] });
    await registerEngine(app, two);
    const asked = two.control.requests.length;
    const session = one.control.signIn(MARA_ID);
    expect((await logIn(app, claimOf(session), { origin: WEBADMIN, 'sec-fetch-site': 'cross-site' })).status).toBe(200);
    expect((await logIn(app, { ...claimOf(session), engine: `${one.url}/ovirt-engine` })).status).toBe(200);
    expect(two.control.requests.length).toBe(asked);
  });

  it('an engine that is not registered is refused, and so is one that its own page does not name', async () => {
    const [one, two] = [
      await bench.start({ version: '4.5' }),
      await bench.start({ version: '4.5', data: otherEngine() }),
    ];
    await registerEngine(app, one, { addresses: [WEBADMIN] });
    await registerEngine(app, two);
    const fields = claimOf(one.control.signIn(MARA_ID));
    const unknown = await logIn(app, { ...fields, engine: 'https://unknown.example/ovirt-engine/' });
    expect(await statusAndReason(unknown)).toEqual([403, 'engine_not_registered']);
    const crossed = await logIn(app, { ...fields, engine: two.url }, { origin: WEBADMIN });
    expect(await statusAndReason(crossed)).toEqual([403, 'foreign_origin']);
  });

  it("an engine whose auth source is switched off signs nobody in, by its name or from its webadmin's page", async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine, { enabled: false, addresses: [WEBADMIN] });
    const asked = engine.control.requests.length;
    const fields = claimOf(engine.control.signIn(MARA_ID));
    expect(await statusAndReason(await logIn(app, fields, { origin: WEBADMIN }))).toEqual([403, 'engine_disabled']);
    expect(await statusAndReason(await logIn(app, { ...fields, engine: engine.url }))).toEqual([
      403,
      'engine_disabled',
    ]);
    expect(await statusAndReason(await logIn(app, fields))).toEqual([403, 'engine_disabled']);
    expect(engine.control.requests.length).toBe(asked);
  });
});

describe('what is sent to whom', () => {
  it('one dead engine among several delays nobody, and a proved owner is let in at once', async () => {
    const dead = await bench.start({ version: '4.5', data: otherEngine() });
    const live = await bench.start({ version: '4.5' });
    await registerEngine(app, dead);
    await registerEngine(app, live);
    dead.control.fault({ kind: 'hang' });
    const startedAt = Date.now();
    expect((await logIn(app, claimOf(live.control.signIn(MARA_ID)))).status).toBe(200);
    expect(Date.now() - startedAt).toBeLessThan(2_500);
  });

  it('an unreachable engine gives 503 that counts as no failed attempt', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const fields = claimOf(engine.control.signIn(MARA_ID));
    engine.control.fault({ kind: 'cut' });
    for (let i = 0; i < 31; i += 1)
      expect(await statusAndReason(await logIn(app, fields))).toEqual([503, 'engine_unreachable']);
    engine.control.clearFaults();
    expect((await logIn(app, fields)).status).toBe(200);
  });

  it.each([
    ['without the prefix', 'mara@corp', (secret: string) => `${secret};${MARA_ID}`, 'prefix_missing'],
    [
      'with the prefix in the middle',
      'x_ovirt_mara@corp',
      (secret: string) => `${secret};${MARA_ID}`,
      'prefix_missing',
    ],
    ['without a semicolon', 'ovirt_mara@corp', (secret: string) => secret, 'bad_credentials'],
  ])('credentials %s are never sent to an engine, and make no account', async (_, login, password, reason) => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const asked = engine.control.requests.length;
    const { secret } = engine.control.signIn(MARA_ID);
    expect(await statusAndReason(await logIn(app, { login, password: password(secret) }))).toEqual([401, reason]);
    expect(engine.control.requests.length).toBe(asked);
    expect(await rows(app, 'SELECT login FROM users')).toEqual([{ login: 'admin' }]);
  });

  it.each(['captive_portal', 'foreign_json', 'garbage'] as const)(
    '%s instead of an engine proves nothing',
    async (kind) => {
      const engine = await bench.start({ version: '4.5' });
      await registerEngine(app, engine);
      const fields = claimOf(engine.control.signIn(MARA_ID));
      engine.control.fault({ kind });
      expect(await statusAndReason(await logIn(app, fields))).toEqual([503, 'engine_unreachable']);
    },
  );
});

describe('failed logins', () => {
  const wrong = { login: 'admin', password: 'wrong-password' };
  const from = (address: string) => ({ 'x-forwarded-for': address });

  it('after 30 in 5 minutes an address is told to wait, others are not; later it may try again', async () => {
    const forward = movableClock(app);
    for (let i = 0; i < 30; i += 1) expect((await logIn(app, wrong, from('192.0.2.1'))).status).toBe(401);
    const refused = await logIn(app, ADMIN, from('192.0.2.1'));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(240);
    expect(await statusAndReason(refused)).toEqual([429, 'too_many_attempts']);
    expect((await logIn(app, ADMIN, from('192.0.2.2'))).status).toBe(200);
    forward(5 * 60_000);
    expect((await logIn(app, ADMIN, from('192.0.2.1'))).status).toBe(200);
  });

  it('sent at the same time are counted, too', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => logIn(app, wrong, from('192.0.2.1'))));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  });

  it('of people whose session is right, but who have no account, count for nobody', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine, { ontheflyRegister: false });
    const session = claimOf(engine.control.signIn(MARA_ID));
    for (let i = 0; i < 31; i += 1)
      expect(await statusAndReason(await logIn(app, session, from('192.0.2.1')))).toEqual([403, 'not_registered']);
  });

  it('of one person behind an address do not lock out another who signed in from there', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const session = claimOf(engine.control.signIn(MARA_ID));
    await logIn(app, session, from('192.0.2.1'));
    for (let i = 0; i < 31; i += 1) await logIn(app, wrong, from('192.0.2.1'));
    expect((await logIn(app, session, from('192.0.2.1'))).status).toBe(200);
    expect((await logIn(app, ADMIN, from('192.0.2.1'))).status).toBe(429);
  });

  it('count for Basic credentials, too', async () => {
    const authorization = `Basic ${Buffer.from('admin:wrong-password').toString('base64')}`;
    const statuses = [];
    for (let i = 0; i < 31; i += 1)
      statuses.push((await app.anonymous('/hosts?format=json', { headers: { authorization } })).status);
    expect(statuses).toEqual([...Array<number>(30).fill(401), 429]);
    expect((await app.fetch('/hosts?format=json')).status).toBe(429);
  });
});

describe('the form of a browser', () => {
  it('leads to the page that was asked for, and only to our own', async () => {
    const to = async (original_uri: string) =>
      (await submitLogin(app, ADMIN, { original_uri })).headers.get('location');
    expect(await to('/foreman/users?page=2')).toBe('/foreman/users?page=2');
    for (const evil of ['https://evil.example/', '//evil.example', '/\\evil.example', '/foreman/..//evil.example'])
      expect(await to(evil)).toBe('/foreman/hosts');
  });

  it('leads back with the reason when it is refused', async () => {
    const refused = await submitLogin(app, { ...ADMIN, password: 'wrong' });
    expect([refused.status, refused.headers.get('location')]).toEqual([
      302,
      '/foreman/users/login?refused=bad_credentials',
    ]);
    const page = await app.anonymous('/users/login?refused=bad_credentials', { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('Incorrect username or password');
  });

  it('looking at the form signs nobody out, and signing in makes a new session in place of the old', async () => {
    const old = cookieOf(await submitLogin(app, ADMIN));
    await app.anonymous('/users/login', { headers: { cookie: old } });
    const status = async (cookie: string) => (await app.anonymous('/users', { headers: { cookie } })).status;
    expect(await status(old)).toBe(200);
    const fresh = cookieOf(await logIn(app, ADMIN, { cookie: old }));
    expect([fresh === old, await status(old), await status(fresh)]).toEqual([false, 302, 200]);
  });
});
