import { engineData } from '../../tools/engine-simulator';
import { LocalCredentials } from '../../src/auth/local-credentials';
import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { ADMIN_ID, EngineBench, MARA_ID } from '../support/engine-simulators';
import {
  claimOf,
  cookieOf,
  logIn,
  registerEngine,
  rows,
  statusAndReason,
  submitLogin,
  trail,
} from '../support/sign-in';

jest.setTimeout(30_000); // each test starts a service and an engine

const bench = new EngineBench();
let app: RunningApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
  await bench.close();
});

const SECRET = 'an-engine-token-of-somebody';
const otherEngine = () => ({ ...engineData(), instanceId: '11111111-2222-4333-8444-555555555555' });
const messageOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string } }).error.message;
const lastRefusal = async () =>
  (
    await rows<{ actor: string; subject: string; reason: string }>(
      app,
      "SELECT actor, subject, reason FROM audits WHERE outcome = 'refused' ORDER BY id DESC LIMIT 1",
    )
  )[0];
/** All passwords that were tried for local accounts. */
function triedPasswords(): string[] {
  const tried: string[] = [];
  const verify = jest.spyOn(app.app.get(LocalCredentials)['passwords'], 'verify');
  verify.mockImplementation((password) => {
    tried.push(password);
    return Promise.resolve(false);
  });
  return tried;
}

describe('an engine session that belongs to no engine which takes logins', () => {
  it.each([
    ['no engine is registered', 'ovirt_mara@corp', null, [403, 'engine_not_registered']],
    ['its engine is switched off', 'ovirt_mara@corp', { enabled: false }, [403, 'engine_disabled']],
    ['no engine has its prefix, the only one being off', 'mara@corp', { enabled: false }, [403, 'engine_disabled']],
    ['no engine has its prefix', 'mara@corp', {}, [401, 'prefix_missing']],
  ])('is never tried as a password, and counts for nobody: %s', async (_, login, settings, expected) => {
    if (settings !== null) await registerEngine(app, await bench.start({ version: '4.5' }), settings);
    const tried = triedPasswords();
    for (let i = 0; i < 32; i += 1)
      expect(await statusAndReason(await logIn(app, { login, password: `${SECRET};${MARA_ID}` }))).toEqual(expected);
    expect(tried.filter((password) => password.includes(SECRET))).toEqual([]);
    expect((await lastRefusal())?.reason).toMatch(new RegExp(`^${expected[1]}`));
    expect(await statusAndReason(await logIn(app, { login: 'admin', password: 'wrong' }))).toEqual([
      401,
      'bad_credentials',
    ]);
  });

  it('from our own page is refused alike', async () => {
    const own = { origin: app.origin };
    const fields = { login: 'ovirt_mara@corp', password: `${SECRET};${MARA_ID}` };
    expect(await statusAndReason(await logIn(app, fields, own))).toEqual([403, 'engine_not_registered']);
    expect((await submitLogin(app, fields)).headers.get('location')).toBe(
      '/foreman/users/login?refused=engine_not_registered',
    );
  });

  it('answers the same whether the login is a local user’s or nobody’s, however often', async () => {
    triedPasswords();
    const answersFor = async (login: string) => {
      const answers = [];
      for (let i = 0; i < 33; i += 1)
        answers.push(await statusAndReason(await logIn(app, { login, password: `guess-${i};${MARA_ID}` })));
      answers.push(await statusAndReason(await logIn(app, { login, password: 'guess' })));
      return answers;
    };
    expect(await answersFor('admin')).toEqual(await answersFor('nobody'));
  });

  it('a local user’s password that looks like one signs in all the same', async () => {
    const password = `by-chance;${MARA_ID}`;
    await app.post('/api/v2/users', { user: { login: 'zoe', password } });
    expect((await logIn(app, { login: 'Zoe', password })).status).toBe(200);
    await registerEngine(app, await bench.start({ version: '4.5' }));
    expect((await logIn(app, { login: 'zoe', password })).status).toBe(200);
  });

  it('a password of no known login is not even hashed', async () => {
    const tried = triedPasswords();
    expect((await logIn(app, { login: 'ovirt_mara@corp', password: SECRET })).status).toBe(401);
    expect((await logIn(app, { login: 'admin', password: 'wrong' })).status).toBe(401);
    expect([tried.length, tried.includes(SECRET), tried.includes('wrong')]).toEqual([2, false, true]);
  });
});

describe('a refusal names what is refused and the remedy, and the audit trail keeps it', () => {
  it('of a page of another origin', async () => {
    const answer = await logIn(app, ADMIN, { origin: 'https://webadmin.example' });
    expect(await messageOf(answer)).toMatch(/https:\/\/webadmin\.example.*Further addresses/);
    expect(await lastRefusal()).toEqual({
      actor: 'admin',
      subject: 'https://webadmin.example',
      reason: 'foreign_origin',
    });
    await logIn(app, ADMIN, { origin: 'null' });
    expect((await lastRefusal())?.subject).toBe('a page that hides its origin');
  });

  it("of a page of one engine that names another's", async () => {
    const [one, two] = [
      await bench.start({ version: '4.5' }),
      await bench.start({ version: '4.5', data: otherEngine() }),
    ];
    await registerEngine(app, one, { name: 'one', addresses: ['https://webadmin.example'] });
    await registerEngine(app, two, { name: 'two' });
    const fields = { ...claimOf(one.control.signIn(MARA_ID)), engine: two.url };
    expect(await messageOf(await logIn(app, fields, { origin: 'https://webadmin.example' }))).toContain(two.url);
    expect((await lastRefusal())?.subject).toBe(`https://webadmin.example for two`);
  });

  it('of an engine that is not registered, without the secrets that its address may hold', async () => {
    const fields = {
      login: 'ovirt_x',
      password: `x;${MARA_ID}`,
      engine: 'https://u:planted@engine.example/ovirt-engine/',
    };
    expect(await messageOf(await logIn(app, fields))).toContain('https://engine.example');
    expect((await lastRefusal())?.subject).toBe('https://engine.example');
  });

  it('of a missing prefix, in the trail alone', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine, { name: 'corp', loginPrefix: 'rhv-' });
    const answer = await logIn(app, { ...claimOf(engine.control.signIn(MARA_ID)), engine: engine.url });
    expect(await messageOf(answer)).not.toContain('rhv-');
    expect(await lastRefusal()).toMatchObject({ subject: 'corp (prefix rhv-)', reason: 'prefix_missing' });
  });

  it("of somebody else's session: whose it is, and at which engine, in the trail alone", async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine, { name: 'corp' });
    const { secret } = engine.control.signIn(ADMIN_ID);
    const answer = await logIn(app, { login: 'ovirt_mara@corp', password: `${secret};${MARA_ID}` });
    expect(await messageOf(answer)).toBe('This engine session belongs to somebody else');
    expect(await lastRefusal()).toEqual({
      actor: 'ovirt_mara@corp',
      subject: 'corp: session of admin@internal-authz (authenticated_user)',
      reason: 'owner_mismatch',
    });
  });

  it('of a person who has no role in the engine: who gives one, and that signing in again does not help', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine, { name: 'corp' });
    const fields = claimOf(engine.control.signIn(MARA_ID));
    for (const user of engine.data.users) user.withoutRole = true;
    const answer = await logIn(app, fields);
    expect([answer.status, await messageOf(answer)]).toEqual([
      403,
      'The engine knows you, but you have no role in it: ask an engine administrator for one; signing in again does not help',
    ]);
    expect(await lastRefusal()).toEqual({ actor: 'ovirt_mara@corp-authz', subject: 'corp', reason: 'no_engine_role' });
    const form = await submitLogin(app, fields);
    expect(form.headers.get('location')).toBe('/foreman/users/login?refused=no_engine_role');
    const page = await app.anonymous('/users/login?refused=no_engine_role', { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('ask an engine administrator');
  });

  it('of a switched-off engine and of an account that cannot be made: which engine', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine, { name: 'corp', ontheflyRegister: false });
    await logIn(app, claimOf(engine.control.signIn(MARA_ID)));
    expect(await lastRefusal()).toEqual({ actor: 'ovirt_mara@corp-authz', subject: 'corp', reason: 'not_registered' });
  });
});

describe('malformed logins', () => {
  const long = (count: number) => 'x'.repeat(count);
  it.each([
    ['an empty password', { login: 'admin', password: '' }, 'bad_credentials'],
    ['an empty login', { login: '', password: 'x' }, 'bad_credentials'],
    ['an endless login', { login: long(256), password: 'x' }, 'bad_credentials'],
    ['an endless password', { login: 'admin', password: long(16_385) }, 'malformed_secret'],
    ['NUL in the login', { login: 'a\0b', password: 'x' }, 'bad_credentials'],
    ['a line feed in the login', { login: 'admin\nx', password: 'x' }, 'bad_credentials'],
    ['NUL in an engine login', { login: 'ovirt_a\0b', password: `x;${MARA_ID}` }, 'bad_credentials'],
  ])('with %s are refused with a reason, and the trail keeps it', async (_, fields, reason) => {
    await registerEngine(app, await bench.start({ version: '4.5' }));
    expect(await statusAndReason(await logIn(app, fields))).toEqual([401, reason]);
    const form = await submitLogin(app, fields);
    expect([form.status, form.headers.get('location')]).toEqual([302, `/foreman/users/login?refused=${reason}`]);
    expect(await trail(app)).toMatchObject([{ reason }, { reason }]);
    const json = await app.anonymous('/users/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: fields }),
    });
    expect(await statusAndReason(json)).toEqual([401, reason]);
  });

  it('with an empty password for a named engine hold no secret', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const fields = { login: 'ovirt_mara@corp', password: '', engine: engine.url };
    expect(await statusAndReason(await logIn(app, fields))).toEqual([401, 'malformed_secret']);
  });

  it.each([{}, { login: {} }, { login: 'admin' }, { login: { login: ['x'], password: 'x' } }])(
    'that are none (%j) are told what a login is',
    async (body) => {
      const answer = await app.anonymous('/users/login', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect([answer.status, await messageOf(answer)]).toEqual([
        422,
        'login must hold the texts login[login] and login[password]',
      ]);
    },
  );

  it('as Basic credentials are refused, whatever they hold', async () => {
    for (const login of ['a\0b', 'admin\0', 'a\nb']) {
      const headers = { authorization: basic(login, 'x') };
      expect((await app.anonymous('/hosts?format=json', { headers })).status).toBe(401);
    }
  });
});

it('an engine’s person whose name holds what no database keeps gets in', async () => {
  const engine = await bench.start({ version: '4.5' });
  await registerEngine(app, engine);
  const mara = engine.data.users.find(({ id }) => id === MARA_ID);
  Object.assign(mara ?? {}, { lastName: 'Lind\0qvist', name: 'Ma\0ra', email: 'a\0@b' });
  expect((await logIn(app, claimOf(engine.control.signIn(MARA_ID)))).status).toBe(200);
  expect(await rows(app, 'SELECT lastname FROM users WHERE engine_id IS NOT NULL')).toEqual([
    { lastname: 'Lind\uFFFDqvist' },
  ]);
});

it('the audit trail is searched for anything', async () => {
  await logIn(app, { login: 'a\0b', password: 'x' });
  const found = await app.fetch('/audits?format=json&search=a%00b');
  expect([found.status, ((await found.json()) as { subtotal: number }).subtotal]).toEqual([200, 1]);
});

describe('people of two engines with the same login', () => {
  it('are told apart in the trail, in the page header, and by scripts', async () => {
    const [one, two] = [
      await bench.start({ version: '4.5' }),
      await bench.start({ version: '4.5', data: otherEngine() }),
    ];
    await registerEngine(app, one, { name: 'one' });
    await registerEngine(app, two, { name: 'two' });
    const signedIn = await logIn(app, claimOf(one.control.signIn(ADMIN_ID)));
    expect(await signedIn.json()).toMatchObject({ user: { login: 'admin@internal', auth_source_name: 'one' } });
    await logIn(app, claimOf(two.control.signIn(ADMIN_ID)));
    const entries = await rows(app, "SELECT actor, subject FROM audits WHERE action = 'login' ORDER BY id");
    expect(entries).toEqual([
      { actor: 'admin@internal (one)', subject: 'one (authenticated_user)' },
      { actor: 'admin@internal (two)', subject: 'two (authenticated_user)' },
    ]);
    const page = await app.anonymous('/account', { headers: { accept: 'text/html', cookie: cookieOf(signedIn) } });
    expect(await page.text()).toContain('admin@internal (one)');
    const local = await logIn(app, ADMIN);
    expect(await local.json()).toMatchObject({ user: { login: 'admin', auth_source_name: 'Internal' } });
  });
});
