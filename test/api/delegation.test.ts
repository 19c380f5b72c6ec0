import { ComputeResourceService, ComputeResourceStore, EngineRegistry } from '../../src/compute-resources';
import { basic, startApp, type RunningApp } from '../support/app';
import { register, registration } from '../support/compute-resources';
import { ACCOUNT, EngineBench, MARA_ID } from '../support/engine-simulators';
import { claimOf, cookieOf, logIn, movableClock, registerEngine, rows, trail } from '../support/sign-in';

jest.setTimeout(30_000); // each test starts a service and an engine

const PASSWORD = 'a-good-password';
const bench = new EngineBench();
let app: RunningApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

const send = (method: string, path: string, body: unknown, login: string) =>
  app.anonymous(path, {
    method,
    headers: { authorization: basic(login, PASSWORD), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const change = (path: string, body: unknown) =>
  app.fetch(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const roleId = async (name: string) =>
  (await rows<{ id: number }>(app, 'SELECT id FROM roles WHERE name = ?', [name]))[0]?.id ?? 0;
const labels = async () => (await app.app.get(EngineRegistry).list()).map(({ label }) => label);

async function makeUser(login: string, role: string): Promise<void> {
  const user = { login, password: PASSWORD, role_ids: [await roleId(role)] };
  expect((await app.post('/api/v2/users', { user })).status).toBe(201);
}

describe('an engine that has people', () => {
  it('is changed, joined and deleted by administrators alone', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const impostor = await bench.start({ version: '4.5', https: true });
    const { id } = await register(app, engine, { name: 'a' });
    await makeUser('mo', 'Manager');
    const path = `/api/v2/compute_resources/${id}`;
    expect((await send('PUT', path, { description: 'hall 3' }, 'mo')).status).toBe(200);
    const login = await logIn(app, claimOf(engine.control.signIn(MARA_ID)));
    expect(login.status).toBe(200);
    expect((await send('PUT', path, { description: 'hall 4' }, 'mo')).status).toBe(403);
    const another = { compute_resource: registration(impostor, { name: 'b' }) };
    const attempts = [
      await send('PUT', path, { url: impostor.url, password: 'theirs', public_key: impostor.ca }, 'mo'),
      await send('POST', '/api/v2/compute_resources', another, 'mo'),
      await send('PUT', `/auth_source_ovirts/${id}`, { auth_source_ovirt: { accept_readable_user: true } }, 'mo'),
      await send('DELETE', path, {}, 'mo'),
    ];
    for (const answer of attempts) {
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('People have signed in through this engine');
    }
    expect(await labels()).toEqual(['a']);
    expect(await rows(app, 'SELECT url, description FROM compute_resources')).toEqual([
      { url: `${engine.url}/ovirt-engine/api`, description: 'hall 3' },
    ]);
    expect((await app.post('/api/v2/compute_resources', another)).status).toBe(201);
    expect(await labels()).toEqual(['a, b']);
  });

  it('is joined by none that tells its name later, until an administrator saves that', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const late = await bench.start({ version: '4.5', https: true });
    await register(app, engine, { name: 'a' });
    const login = await logIn(app, claimOf(engine.control.signIn(MARA_ID)));
    expect(login.status).toBe(200);
    late.control.fault({ kind: 'starting' });
    const { id } = await register(app, late, { name: 'b' });
    late.control.clearFaults();
    const resource = await app.app.get(ComputeResourceStore).get(id);
    await expect(app.app.get(ComputeResourceService).recognise(resource)).rejects.toThrow(
      'b says to be an engine that is registered',
    );
    expect(await labels()).toEqual(['a', 'b']);
    expect((await change(`/api/v2/compute_resources/${id}`, { password: ACCOUNT.password })).status).toBe(200);
    expect(await labels()).toEqual(['a, b']);
  });
});

describe('the audit trail', () => {
  it('says what a change made of a user and a role, and at which engine its author and subject are', async () => {
    const engine = await bench.start({ version: '4.5' });
    const { id } = await registerEngine(app, engine, { name: 'Lager' });
    const login = await logIn(app, claimOf(engine.control.signIn(MARA_ID)));
    const { user } = (await login.json()) as { user: { id: number } };
    await change(`/api/v2/users/${user.id}`, { user: { admin: true, role_ids: [] } });
    const role = await app.post('/api/v2/roles', { role: { name: 'Help', permissions: ['view_hosts', 'view_facts'] } });
    const made = (await role.json()) as { id: number };
    await change(`/api/v2/roles/${made.id}`, { role: { permissions: ['view_facts', 'edit_hosts'] } });
    const issued = await app.post(`/api/v2/users/${user.id}/personal_access_tokens`, {
      personal_access_token: { name: 'script' },
    });
    const { token_value: token } = (await issued.json()) as { token_value: string };
    const answer = await app.anonymous(`/api/v2/compute_resources/${id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ description: 'new' }),
    });
    expect(answer.status).toBe(200);
    const entries = await rows(
      app,
      "SELECT actor, action, subject, reason FROM audits WHERE action LIKE '%.%' AND action <> 'compute_resource.create' ORDER BY id",
    );
    expect(entries).toEqual([
      {
        actor: 'admin',
        action: 'user.update',
        subject: 'mara@corp (Lager)',
        reason: 'admin: false → true; roles: Ovirt → none',
      },
      { actor: 'admin', action: 'role.create', subject: 'Help', reason: 'view_hosts, view_facts' },
      { actor: 'admin', action: 'role.update', subject: 'Help', reason: '+edit_hosts, -view_hosts' },
      { actor: 'admin', action: 'token.create', subject: 'mara@corp (Lager): script', reason: '' },
      { actor: 'mara@corp (Lager)', action: 'compute_resource.update', subject: 'Lager', reason: 'description' },
    ]);
  });

  it('tells the end of a session once, and what was wrong with an engine', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const session = engine.control.signIn(MARA_ID);
    const forward = movableClock(app);
    const cookie = cookieOf(await logIn(app, claimOf(session)));
    engine.control.revoke(session.secret);
    forward(30_000);
    const look = () => app.anonymous('/hosts?format=json', { headers: { cookie } });
    expect((await Promise.all([look(), look(), look()])).map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(await trail(app, 'session.end')).toMatchObject([{ reason: 'engine_session_ended' }]);
    engine.control.fault({ kind: 'captive_portal' });
    expect((await logIn(app, claimOf(session))).status).toBe(503);
    expect((await trail(app))[0]?.reason).toMatch(/^engine_unreachable \(\w+\)$/);
  });
});

describe('what cannot be mixed up or swamped', () => {
  it("an engine's prefix with local logins", async () => {
    const { id } = await registerEngine(app, await bench.start({ version: '4.5' }));
    await makeUser('rhev_ci', 'Uploader');
    const answer = await change(`/auth_source_ovirts/${id}`, { auth_source_ovirt: { login_prefix: 'rhev_' } });
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('rhev_ci')]);
  });

  it('a large login from a stranger, who may send little', async () => {
    const answer = await app.anonymous('/users/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ login: { login: 'x', password: 'y'.repeat(300 * 1_024) } }),
    });
    expect(answer.status).toBe(413);
  });

  it.each([
    ['one network of IPv6', '2001:db8:1:2::', 429],
    ['other networks of IPv6', '2001:db8:1:', 401],
  ])('failed logins from addresses of %s', async (_, prefix, status) => {
    const from = (i: number) =>
      prefix.endsWith('::') ? `${prefix}${i.toString(16)}` : `${prefix}${i.toString(16)}::1`;
    const answers = [];
    for (let i = 1; i <= 31; i += 1)
      answers.push(
        await logIn(app, { login: 'nobody', password: `${i}` }, { 'x-forwarded-for': from(i) }).then(
          (answer) => answer.status,
        ),
      );
    expect(answers.at(-1)).toBe(status);
    expect(answers.at(-2)).toBe(401);
  });
});
