import { Clock, DAY_MS, MINUTE_MS } from '../../src/common/clock';
import { NewSessions } from '../../src/auth/sessions/new-sessions';
import { ADMIN, startApp, type RunningApp } from '../support/app';
import { EngineBench, MARA_ID } from '../support/engine-simulators';
import { claimOf, cookieOf, logIn, movableClock, registerEngine, rows, statusAndReason } from '../support/sign-in';

jest.setTimeout(30_000); // each test starts a service

const bench = new EngineBench();
let app: RunningApp;
const start = async (env: Record<string, string> = {}) => (app = await startApp(env));
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
  await bench.close();
});

const status = async (headers: Record<string, string>, path = '/hosts?format=json') =>
  (await app.anonymous(path, { headers })).status;

const report = (headers: Record<string, string>) =>
  app.anonymous('/api/v2/config_reports', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      config_report: {
        host: 'web1.example.com',
        reported_at: app.app.get(Clock).now().toISOString(),
        status: {},
        metrics: {},
        logs: [],
      },
    }),
  });

describe('a session cookie that opens nothing', () => {
  it.each(['nobody-has-this', '', 'x'.repeat(4_000), 'a%00b', '%'])(
    'is refused (%#), from an allowed address too: it never counts as no cookie',
    async (value) => {
      await start({ UPLOAD_ALLOWED_IPS: '127.0.0.1' });
      expect((await report({ cookie: `foreman_ovirt_session=${value}` })).status).toBe(401);
      expect((await report({})).status).toBe(201);
    },
  );

  it('since somebody signed out does not upload as an address either', async () => {
    await start({ UPLOAD_ALLOWED_IPS: '127.0.0.1' });
    const cookie = cookieOf(await logIn(app, ADMIN));
    await app.anonymous('/users/logout', { headers: { cookie } });
    expect((await report({ cookie })).status).toBe(401);
  });
});

describe('a login by a password that was right when it was looked at', () => {
  const USER = { login: 'vera', password: 'the-first-password' };

  it.each([
    ['is changed', { password: 'another-password' }],
    ['belongs to a user who is disabled', { disabled: true }],
  ])('and %s before the session is made, makes none', async (_, change) => {
    await start();
    const { id } = (await (await app.post('/api/v2/users', { user: USER })).json()) as { id: number };
    const sessions = app.app.get(NewSessions);
    const forUser = sessions.forUser.bind(sessions);
    jest.spyOn(sessions, 'forUser').mockImplementationOnce(async (...args) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ user: change });
      expect((await app.fetch(`/api/v2/users/${id}`, { method: 'PUT', headers, body })).status).toBe(200);
      return forUser(...args);
    });
    expect(await statusAndReason(await logIn(app, USER))).toEqual([401, 'bad_credentials']);
    expect(await rows(app, 'SELECT token_digest FROM sessions')).toEqual([]);
  });
});

describe('when the clock steps back', () => {
  it('a session that had ended stays ended', async () => {
    await start();
    const move = movableClock(app);
    const cookie = cookieOf(await logIn(app, ADMIN));
    move(61 * MINUTE_MS);
    expect(await status({ cookie })).toBe(401);
    move(-61 * MINUTE_MS);
    expect(await status({ cookie })).toBe(401);
    expect(await rows(app, 'SELECT token_digest FROM sessions')).toEqual([]);
  });

  it('a session gets no more idle time than it is given', async () => {
    await start();
    const move = movableClock(app);
    const cookie = cookieOf(await logIn(app, ADMIN));
    move(-10 * DAY_MS);
    expect(await status({ cookie })).toBe(200);
    move(61 * MINUTE_MS);
    expect(await status({ cookie })).toBe(401);
  });

  it('a token that had expired stays expired', async () => {
    await start();
    const move = movableClock(app);
    const expires_at = new Date(Date.now() + DAY_MS).toISOString();
    const made = await app.post('/api/v2/personal_access_tokens', { personal_access_token: { name: 'x', expires_at } });
    const { token_value: secret } = (await made.json()) as { token_value: string };
    const authorization = `Bearer ${secret}`;
    expect(await status({ authorization })).toBe(200);
    move(2 * DAY_MS);
    expect(await status({ authorization })).toBe(401);
    move(-2 * DAY_MS);
    expect(await status({ authorization })).toBe(401);
  });

  it('an engine is asked again whether its session lives', async () => {
    await start();
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const move = movableClock(app);
    const session = engine.control.signIn(MARA_ID);
    const cookie = cookieOf(await logIn(app, claimOf(session)));
    engine.control.revoke(session.secret);
    move(-30 * MINUTE_MS);
    const look = () => app.anonymous('/hosts?format=json', { headers: { cookie } });
    expect(await statusAndReason(await look())).toEqual([401, 'engine_session_ended']);
  });

  it('nobody waits longer after failed logins than their five minutes', async () => {
    await start();
    const move = movableClock(app);
    for (let i = 0; i < 30; i += 1) await logIn(app, { ...ADMIN, password: 'wrong' });
    move(-3 * DAY_MS);
    const refused = await logIn(app, ADMIN);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(300);
    move(5 * MINUTE_MS);
    expect((await logIn(app, ADMIN)).status).toBe(200);
  });
});
