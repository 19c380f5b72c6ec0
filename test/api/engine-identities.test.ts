import type { Request } from 'express';
import { Authenticator, EngineIdentities } from '../../src/auth';
import type { Actor } from '../../src/common/actor';
import { engineData, type EngineSimulator } from '../../tools/engine-simulator';
import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { register } from '../support/compute-resources';
import { ACCOUNT, EngineBench, MARA_ID } from '../support/engine-simulators';
import { claimOf, cookieOf, logIn, movableClock, rows } from '../support/sign-in';

jest.setTimeout(30_000);

const bench = new EngineBench();
let app: RunningApp;
let engine: EngineSimulator;

beforeEach(async () => {
  app = await startApp();
  engine = await bench.start({ version: '4.5' });
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

const READ = { write: false };
const WRITE = { write: true };
const identities = () => app.app.get(EngineIdentities);

/** Who a request with these headers is of. */
async function actorOf(headers: Record<string, string>): Promise<Actor> {
  const kinds = ['authorization', 'session'];
  const caller = await app.app.get(Authenticator).identify({ headers, query: {} } as unknown as Request, kinds, []);
  if (caller === null) throw new Error('nobody');
  return caller.actor;
}

const signedIn = async (session = engine.control.signIn(MARA_ID)) =>
  actorOf({ cookie: cookieOf(await logIn(app, claimOf(session))) });
const administrator = () => actorOf({ authorization: basic(ADMIN.login, ADMIN.password) });
const refusal = (reason: string) => ({ code: 'forbidden', details: { reason } });

it('a person acts by their own engine session', async () => {
  const { id } = await register(app, engine);
  const session = engine.control.signIn(MARA_ID);
  const { as: identity } = await identities().of(await signedIn(session), id, WRITE);
  expect([identity.kind, identity.credential]).toEqual(['session', { session: session.secret }]);
  expect(JSON.stringify(identity)).not.toContain(session.secret);
});

it('any live session of theirs serves, and none is waited for', async () => {
  const { id } = await register(app, engine);
  const passTime = movableClock(app);
  const [first, second] = [engine.control.signIn(MARA_ID), engine.control.signIn(MARA_ID)];
  const ref = await identities().refOf(await signedIn(first), id, WRITE);
  await signedIn(second);
  engine.control.revoke(second.secret);
  passTime(60_000);
  expect((await identities().resolve(ref))?.credential).toEqual({ session: first.secret });
  engine.control.revoke(first.secret);
  passTime(60_000);
  expect(await identities().resolve(ref)).toBeNull();
  const heard = new Promise<number | null>((resolve) => identities().onSignIn(resolve));
  const third = engine.control.signIn(MARA_ID);
  await signedIn(third);
  expect(await heard).toBe(ref.userId);
  expect((await identities().resolve(ref))?.credential).toEqual({ session: third.secret });
});

it('of many sessions the engine is asked about two', async () => {
  const { id } = await register(app, engine);
  const passTime = movableClock(app);
  const sessions = Array.from({ length: 4 }, () => engine.control.signIn(MARA_ID));
  for (const session of sessions) await signedIn(session);
  const ref = await identities().refOf(await signedIn(sessions[0]), id, WRITE);
  for (const { secret } of sessions) engine.control.revoke(secret);
  passTime(60_000);
  expect(await identities().resolve(ref)).toBeNull();
  expect(await rows(app, 'SELECT token_digest FROM sessions')).toHaveLength(3);
});

it('nothing is changed in an engine whose compute resource is read only, as all are that were there before', async () => {
  const { id } = await register(app, engine, { engine_writes: false });
  const actor = await signedIn();
  const asked = engine.control.requests.length;
  await expect(identities().of(actor, id, WRITE)).rejects.toMatchObject(refusal('engine_writes_off'));
  expect(engine.control.requests).toHaveLength(asked);
  expect((await identities().of(actor, id, READ)).as.kind).toBe('session');
});

it('a session of one engine opens nothing at another', async () => {
  await register(app, engine);
  const data = { ...engineData(), instanceId: '11111111-2222-4333-8444-555555555555' };
  const other = await register(app, await bench.start({ version: '4.5', data }), { name: 'other' });
  await expect(identities().of(await signedIn(), other.id, READ)).rejects.toMatchObject(
    refusal('engine_identity_required'),
  );
});

it("an address is not shown what another of the engine's was given", async () => {
  await register(app, engine);
  const elsewhere = await register(app, await bench.start({ version: '4.5' }), { name: 'elsewhere' });
  await expect(identities().of(await signedIn(), elsewhere.id, READ)).rejects.toMatchObject(
    refusal('engine_identity_required'),
  );
});

it('a local administrator acts by the service account where the compute resource says so, under both names', async () => {
  const { id } = await register(app, engine);
  const other = await register(app, engine, { name: 'open', service_account_acts: true });
  const actor = await administrator();
  await expect(identities().of(actor, id, READ)).rejects.toMatchObject(refusal('engine_identity_required'));
  const ref = await identities().refOf(actor, other.id, WRITE);
  expect((await identities().resolve(ref))?.credential).toEqual({ account: ACCOUNT });
  const audits = await rows(app, "SELECT actor, subject, reason FROM audits WHERE action = 'engine.service_account'");
  expect(audits).toEqual([{ actor: 'admin', subject: 'open', reason: 'as admin@internal' }]);
  await app.fetch(`/api/v2/compute_resources/${other.id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ compute_resource: { service_account_acts: false } }),
  });
  await expect(identities().resolve(ref)).rejects.toMatchObject(refusal('engine_identity_required'));
});

it("a person's access token opens nothing at their engine", async () => {
  const { id } = await register(app, engine, { service_account_acts: true });
  const { userId } = await signedIn();
  const answer = await app.post(`/api/v2/users/${userId}/personal_access_tokens`, {
    personal_access_token: { name: 'script' },
  });
  const { token_value: token } = (await answer.json()) as { token_value: string };
  const actor = await actorOf({ authorization: `Bearer ${token}` });
  await expect(identities().of(actor, id, READ)).rejects.toMatchObject(refusal('engine_identity_required'));
});

const onPostgres = process.env.DB === 'postgres' ? describe : describe.skip;
onPostgres('of several instances', () => {
  it('each hears who signed in on another', async () => {
    await register(app, engine);
    const other = await startApp({ DATABASE_URL: app.databaseUrl });
    try {
      const heard = new Promise<number | null>((resolve) =>
        other.app.get(EngineIdentities).onSignIn((userId) => userId !== null && resolve(userId)),
      );
      expect((await signedIn()).userId).toBe(await heard);
    } finally {
      await other.close();
    }
  });
});
