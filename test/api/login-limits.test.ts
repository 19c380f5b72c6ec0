import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { EngineBench, MARA_ID } from '../support/engine-simulators';
import {
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
let app: RunningApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
  await bench.close();
});

const from = (address: string) => ({ 'x-forwarded-for': address });
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const statusesOf = (answers: Response[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
describe('engine sessions sent at the same time', () => {
  const bad = (i: number) => ({ login: 'ovirt_mara@corp', password: `nobody-has-this-${i};${MARA_ID}` });

  it('count as if they came one after the other: the engine is asked no more often than guesses are allowed', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const before = engine.control.requests.length;
    const answers = await Promise.all(times(150, (i) => logIn(app, bad(i), from('192.0.2.1'))));
    expect(statusesOf(answers)).toEqual({ 401: 30, 429: 120 });
    expect(engine.control.requests.length - before).toBeLessThanOrEqual(35); // with finding out what it speaks
  });

  it('from one address, to a slow engine, leave room for a login from another', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const session = claimOf(engine.control.signIn(MARA_ID));
    engine.control.fault({ kind: 'slow', delayMs: 1_000 });
    let answered = 0;
    const flood = times(100, (i) => logIn(app, bad(i), from('192.0.2.1')).finally(() => (answered += 1)));
    expect((await logIn(app, session, from('192.0.2.2'))).status).toBe(200);
    expect(answered).toBeLessThan(30);
    engine.control.clearFaults();
    expect(statusesOf(await Promise.all(flood))).toEqual({ 401: 30, 429: 70 });
  });

  it('that are right do not stand in each other’s way', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const session = claimOf(engine.control.signIn(MARA_ID));
    const answers = await Promise.all(times(50, () => logIn(app, session, from('192.0.2.1'))));
    expect(statusesOf(answers)).toEqual({ 200: 50 });
  });
});

it('guesses at the present password of an account are counted, however many are sent at once', async () => {
  const cookie = cookieOf(await logIn(app, ADMIN));
  const html = { accept: 'text/html', cookie };
  const page = await (await app.anonymous('/account', { headers: html })).text();
  const token = /name="authenticity_token" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const change = (current: string) =>
    app.anonymous('/account/password', {
      method: 'POST',
      headers: { ...html, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        authenticity_token: token,
        'account[current_password]': current,
        'account[password]': 'a-new-long-password',
        'account[password_confirmation]': 'a-new-long-password',
      }).toString(),
    });
  const answers = await Promise.all(times(45, (i) => change(`wrong-${i}`)));
  expect(statusesOf(answers)).toEqual({ 422: 30, 429: 15 });
  expect((await change(ADMIN.password)).status).toBe(429);
});

describe('what strangers write into the audit trail', () => {
  const refusedRows = () =>
    rows<{ reason: string; address: string }>(app, "SELECT reason, address FROM audits WHERE outcome = 'refused'");

  it('of pages of other origins is bounded, and then they are told to wait; no account is locked by it', async () => {
    const evil = { origin: 'https://evil.example', ...from('192.0.2.1') };
    const answers = await Promise.all(times(60, () => logIn(app, ADMIN, evil)));
    expect(statusesOf(answers)).toEqual({ 403: 30, 429: 30 });
    expect((await refusedRows()).length).toBeLessThanOrEqual(31);
    expect((await logIn(app, ADMIN, from('192.0.2.2'))).status).toBe(200);
  });

  it('of engines that are not registered is bounded, too; who signed in from there lately still may', async () => {
    expect((await logIn(app, ADMIN, from('192.0.2.1'))).status).toBe(200);
    const fields = { login: 'ovirt_x', password: `x;${MARA_ID}`, engine: 'https://unknown.example/ovirt-engine/' };
    const answers = await Promise.all(times(40, () => logIn(app, fields, from('192.0.2.1'))));
    expect(statusesOf(answers)).toEqual({ 403: 30, 429: 10 });
    expect((await logIn(app, ADMIN, from('192.0.2.1'))).status).toBe(200);
  });

  it('repeats of what counts for nobody are left out after some, and written again later', async () => {
    const forward = movableClock(app);
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine, { enabled: false });
    const session = { login: 'ovirt_mara@corp', password: `x;${MARA_ID}` };
    const answers = await Promise.all(times(80, () => logIn(app, session, from('192.0.2.1'))));
    expect(statusesOf(answers)).toEqual({ 403: 80 });
    const written = await trail(app);
    expect(written).toHaveLength(30);
    const last = written.filter(({ reason }) => reason === 'engine_disabled (repeats are left out for 5 minutes)');
    expect(last).toHaveLength(1); // not always the newest row: they are written at the same time
    forward(5 * 60_000);
    await logIn(app, session, from('192.0.2.1'));
    expect(await trail(app)).toHaveLength(31);
  });

  it('of 429s is one row for an address and its time, for forms and Basic alike', async () => {
    const forward = movableClock(app);
    const wrong = { ...ADMIN, password: 'wrong' };
    for (let i = 0; i < 35; i += 1) await logIn(app, wrong, from('192.0.2.1'));
    const authorization = basic('admin', 'wrong');
    await app.anonymous('/hosts?format=json', { headers: { authorization, ...from('192.0.2.1') } });
    const waits = () => rows(app, "SELECT address FROM audits WHERE reason LIKE 'too_many_attempts%'");
    expect(await waits()).toEqual([{ address: '192.0.2.1' }]);
    forward(6 * 60_000);
    for (let i = 0; i < 35; i += 1) await logIn(app, wrong, from('192.0.2.1'));
    expect(await waits()).toHaveLength(2);
  });

  it('of tokens that nobody has is told, and bounded', async () => {
    const headers = { authorization: `Bearer ${'x'.repeat(43)}`, ...from('192.0.2.1') };
    for (let i = 0; i < 40; i += 1) expect((await app.anonymous('/hosts?format=json', { headers })).status).toBe(401);
    const written = await rows(app, "SELECT actor, subject, address FROM audits WHERE subject = 'Bearer'");
    expect(written).toHaveLength(30);
    expect(written[0]).toEqual({ actor: 'unknown', subject: 'Bearer', address: '192.0.2.1' });
  });
});

it('a flood of wrong passwords does not delay somebody else behind the same address who signed in lately', async () => {
  expect((await logIn(app, ADMIN, from('192.0.2.1'))).status).toBe(200);
  const flood = times(60, (i) => logIn(app, { login: 'zoe', password: `wrong-${i}` }, from('192.0.2.1')));
  expect(await statusAndReason(await logIn(app, ADMIN, from('192.0.2.1')))).toEqual([200, undefined]);
  await Promise.all(flood);
});
