import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { EngineBench, MARA_ID } from '../support/engine-simulators';
import { claimOf, cookieOf, logIn, registerEngine, rows, trail } from '../support/sign-in';

jest.setTimeout(30_000); // each test starts a service and an engine

const bench = new EngineBench();
let app: RunningApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

interface UserJson {
  id: number;
  login: string;
  roles: { name: string }[];
}
const roleId = async (name: string) =>
  (await rows<{ id: number }>(app, 'SELECT id FROM roles WHERE name = ?', [name]))[0]?.id ?? 0;
const PASSWORD = 'a-good-password';
async function makeUser(login: string, roles: string[] = [], more: object = {}): Promise<UserJson> {
  const role_ids = await Promise.all(roles.map(roleId));
  const response = await app.post('/api/v2/users', { user: { login, password: PASSWORD, role_ids, ...more } });
  expect(response.status).toBe(201);
  return (await response.json()) as UserJson;
}
const send = (method: string, path: string, body: unknown, authorization: string) =>
  app.anonymous(path, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const status = async (login: string, password = PASSWORD, path = '/hosts?format=json') =>
  (await app.anonymous(path, { headers: { authorization: basic(login, password) } })).status;

describe('users over the API', () => {
  it('are made, listed with the usual wrapper, changed and removed, with a trail', async () => {
    const made = await makeUser('Zoë', ['Viewer'], { mail: 'zoe@example.com' });
    expect(made).toMatchObject({
      login: 'zoë',
      mail: 'zoe@example.com',
      roles: [{ name: 'Viewer' }],
      auth_source_name: 'Internal',
    });
    const list = await (await app.fetch('/api/v2/users?search=zo&per_page=5')).json();
    expect(list).toMatchObject({
      total: 2,
      subtotal: 1,
      page: 1,
      per_page: 5,
      search: 'zo',
      results: [{ login: 'zoë' }],
    });
    const changed = await send(
      'PUT',
      `/api/v2/users/${made.id}`,
      { user: { lastname: 'Ångström' } },
      basic(ADMIN.login, ADMIN.password),
    );
    expect(await changed.json()).toMatchObject({ lastname: 'Ångström', roles: [{ name: 'Viewer' }] });
    expect((await app.fetch(`/api/v2/users/${made.id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await app.fetch(`/api/v2/users/${made.id}`)).status).toBe(404);
    for (const action of ['user.create', 'user.update', 'user.delete'])
      expect(await trail(app, action)).toMatchObject([{ actor: 'admin', outcome: 'ok' }]);
  });

  it.each([
    [{ login: '', password: PASSWORD }, ['login']],
    [{ login: 'admin', password: PASSWORD }, ['login']],
    [{ login: 'a b', password: PASSWORD }, ['login']],
    [{ login: 'x', password: 'short' }, ['password']],
    [{ login: 'x', password: PASSWORD, role_ids: [999999] }, ['role_ids']],
    [
      { login: 'admin', mail: 'm'.repeat(255), password: 'short', role_ids: [999999] },
      ['login', 'mail', 'password', 'role_ids'],
    ],
  ])('%j is refused, naming all fields at fault', async (user, fields) => {
    const response = await app.post('/api/v2/users', { user });
    const { error } = (await response.json()) as { error: { errors: Record<string, string[]> } };
    expect([response.status, Object.keys(error.errors)]).toEqual([422, fields]);
  });

  it("cannot have logins with an engine's prefix, which could be taken for that engine's people", async () => {
    await registerEngine(app, await bench.start({ version: '4.5' }));
    const response = await app.post('/api/v2/users', { user: { login: 'ovirt_admin@internal', password: PASSWORD } });
    expect(response.status).toBe(422);
  });

  it('of an engine are shown with the compute resource, and keep the names the engine gives', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine, { name: 'Lager' });
    const { user } = (await (await logIn(app, claimOf(engine.control.signIn(MARA_ID)))).json()) as { user: UserJson };
    const changed = await send(
      'PUT',
      `/api/v2/users/${user.id}`,
      { user: { login: 'other' } },
      basic(ADMIN.login, ADMIN.password),
    );
    expect(await changed.json()).toMatchObject({ login: 'mara@corp', auth_source_name: 'Lager' });
    const password = await send(
      'PUT',
      `/api/v2/users/${user.id}`,
      { user: { password: 'short', role_ids: [999999] } },
      basic(ADMIN.login, ADMIN.password),
    );
    expect([password.status, await password.json()]).toMatchObject([
      422,
      { error: { errors: { password: ['is kept by the engine'], role_ids: [expect.anything()] } } },
    ]);
    for (const [path, heading] of [
      ['delete', 'Delete mara@corp (Lager)?'],
      ['edit', 'mara@corp (Lager)'],
    ]) {
      const page = await app.fetch(`/users/${user.id}/${path}`, { headers: { accept: 'text/html' } });
      expect(await page.text()).toContain(`<h1>${heading}</h1>`);
    }
  });
});

describe('roles over the API', () => {
  it('are made without permissions, and a change leaves alone what it does not name', async () => {
    const made = await app.post('/api/v2/roles', { role: { name: 'Planners', description: 'plan' } });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: number };
    const change = { role: { permissions: ['view_hosts'] } };
    await send('PUT', `/api/v2/roles/${id}`, change, basic(ADMIN.login, ADMIN.password));
    const told = await (await app.fetch(`/api/v2/roles/${id}`)).json();
    expect(told).toMatchObject({ name: 'Planners', description: 'plan', permissions: ['view_hosts'] });
  });

  it('are refused, naming all fields at fault', async () => {
    const role = { name: 'Viewer', description: 'd'.repeat(1_001) };
    const response = await app.post('/api/v2/roles', { role });
    const { error } = (await response.json()) as { error: { errors: Record<string, string[]> } };
    expect([response.status, Object.keys(error.errors)]).toEqual([422, ['name', 'description']]);
  });
});

describe('a start', () => {
  it('on a database that is there changes no account or role, and acts as nobody', async () => {
    await makeUser('zoe');
    const seen = async () => [
      await rows(app, 'SELECT * FROM roles ORDER BY id'),
      await rows(app, 'SELECT * FROM user_roles'),
      await rows(app, 'SELECT login FROM users'),
      await trail(app),
    ];
    const before = await seen();
    const again = await startApp({}, () => app.databaseUrl);
    expect(await seen()).toEqual(before);
    expect((await again.anonymous('/hosts?format=json')).status).toBe(401);
    await again.close();
  });
});

describe('a change takes effect at once', () => {
  it('a new password ends sessions and remembered credentials', async () => {
    const { id } = await makeUser('zoe', ['Viewer']);
    const cookie = cookieOf(await logIn(app, { login: 'zoe', password: PASSWORD }));
    expect(await status('zoe')).toBe(200);
    await send(
      'PUT',
      `/api/v2/users/${id}`,
      { user: { password: 'another-password' } },
      basic(ADMIN.login, ADMIN.password),
    );
    expect((await app.anonymous('/hosts?format=json', { headers: { cookie } })).status).toBe(401);
    expect([await status('zoe'), await status('zoe', 'another-password')]).toEqual([401, 200]);
  });

  it('disabling ends sessions and tokens; of engine users, too, who then cannot sign in', async () => {
    const engine = await bench.start({ version: '4.5' });
    await registerEngine(app, engine);
    const login = await logIn(app, claimOf(engine.control.signIn(MARA_ID)));
    const { user } = (await login.json()) as { user: UserJson };
    const token = await app.post(`/api/v2/users/${user.id}/personal_access_tokens`, {
      personal_access_token: { name: 'x' },
    });
    const { token_value: bearer } = (await token.json()) as { token_value: string };
    const seen = async (headers: Record<string, string>) =>
      (await app.anonymous('/hosts?format=json', { headers })).status;
    const both = async () => [
      await seen({ cookie: cookieOf(login) }),
      await seen({ authorization: `Bearer ${bearer}` }),
    ];
    expect(await both()).toEqual([200, 200]);
    await send('PUT', `/api/v2/users/${user.id}`, { user: { disabled: true } }, basic(ADMIN.login, ADMIN.password));
    expect(await both()).toEqual([401, 401]);
    expect((await logIn(app, claimOf(engine.control.signIn(MARA_ID)))).status).toBe(403);
  });

  it('a role taken from a user, and a permission taken from a role', async () => {
    const role = await app.post('/api/v2/roles', { role: { name: 'Readers', permissions: ['view_hosts'] } });
    const { id } = (await role.json()) as { id: number };
    await makeUser('zoe', [], { role_ids: [id] });
    expect(await status('zoe')).toBe(200);
    await send('PUT', `/api/v2/roles/${id}`, { role: { permissions: [] } }, basic(ADMIN.login, ADMIN.password));
    expect(await status('zoe')).toBe(403);
  });

  it('a revoked token', async () => {
    const made = await app.post('/api/v2/personal_access_tokens', { personal_access_token: { name: 'x' } });
    const { id, token_value: bearer } = (await made.json()) as { id: number; token_value: string };
    const seen = async () =>
      (await app.anonymous('/hosts?format=json', { headers: { authorization: `Bearer ${bearer}` } })).status;
    expect(await seen()).toBe(200);
    expect(await status('admin', bearer)).toBe(200);
    await app.fetch(`/api/v2/personal_access_tokens/${id}`, { method: 'DELETE' });
    expect(await seen()).toBe(401);
    expect(JSON.stringify(await (await app.fetch('/api/v2/personal_access_tokens')).json())).not.toContain(bearer);
  });
});

describe('nobody takes more than they have', () => {
  async function helpdesk(): Promise<string> {
    const permissions = [
      'view_hosts',
      'view_users',
      'create_users',
      'edit_users',
      'destroy_users',
      'view_roles',
      'edit_roles',
      'create_personal_access_tokens',
    ];
    const role = await app.post('/api/v2/roles', { role: { name: 'Helpdesk', permissions } });
    await makeUser('helper', [], { role_ids: [((await role.json()) as { id: number }).id] });
    return basic('helper', PASSWORD);
  }

  it('a helper who edits users can neither become an administrator nor take one over', async () => {
    const helper = await helpdesk();
    const [admin] = await rows<{ id: number }>(app, "SELECT id FROM users WHERE login = 'admin'");
    const manager = await roleId('Manager');
    const statuses = [
      await send('PUT', `/api/v2/users/${admin?.id}`, { user: { password: 'taken-over-now' } }, helper),
      await send('POST', '/api/v2/users', { user: { login: 'x', password: PASSWORD, admin: true } }, helper),
      await send('POST', '/api/v2/users', { user: { login: 'x', password: PASSWORD, role_ids: [manager] } }, helper),
      await send('POST', '/api/v2/roles', { role: { name: 'All', permissions: ['edit_compute_resources'] } }, helper),
      await send(
        'POST',
        `/api/v2/users/${admin?.id}/personal_access_tokens`,
        { personal_access_token: { name: 'x' } },
        helper,
      ),
      await send('POST', '/api/v2/users', { user: { login: 'fine', password: PASSWORD } }, helper),
    ].map((response) => response.status);
    expect(statuses).toEqual([403, 422, 422, 422, 403, 201]);
  });

  it('the last administrator can be neither disabled, demoted nor deleted', async () => {
    const admin = basic(ADMIN.login, ADMIN.password);
    const [row] = await rows<{ id: number }>(app, "SELECT id FROM users WHERE login = 'admin'");
    const path = `/api/v2/users/${row?.id}`;
    const attempts = async () => [
      (await send('PUT', path, { user: { disabled: true } }, admin)).status,
      (await send('PUT', path, { user: { admin: false } }, admin)).status,
      (await send('DELETE', path, {}, admin)).status,
    ];
    expect(await attempts()).toEqual([409, 409, 409]);
    await makeUser('second', [], { admin: true });
    expect((await send('PUT', path, { user: { admin: false } }, basic('second', PASSWORD))).status).toBe(200);
  });
});

describe('the pages', () => {
  const html = { accept: 'text/html' };
  const hidden = (page: string) => /name="authenticity_token" value="([^"]+)"/.exec(page)?.[1] ?? '';

  it('a person makes a user, changes the own password and makes a token with forms alone', async () => {
    const cookie = cookieOf(await logIn(app, ADMIN));
    const get = async (path: string) => (await app.anonymous(path, { headers: { ...html, cookie } })).text();
    const post = (path: string, fields: Record<string, string>) =>
      app.anonymous(path, {
        method: 'POST',
        headers: { ...html, cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      });
    const authenticity_token = hidden(await get('/users/new'));
    const viewer = String(await roleId('Viewer'));
    const made = await post('/users', {
      authenticity_token,
      'user[login]': 'zoe',
      'user[password]': PASSWORD,
      'user[admin]': '0',
      'user[role_ids][]': viewer,
    });
    expect([made.status, made.headers.get('location')]).toEqual([303, '/foreman/users']);
    expect(await get('/users')).toContain('zoe');
    const wrong = await post('/users', { authenticity_token, 'user[login]': '<b>', 'user[password]': 'short' });
    expect([wrong.status, (await wrong.text()).includes('Password is too short')]).toEqual([422, true]);
    const changed = await post('/account/password', {
      authenticity_token,
      'account[current_password]': ADMIN.password,
      'account[password]': 'a-new-password',
      'account[password_confirmation]': 'a-new-password',
    });
    expect(changed.status).toBe(303);
    const token = await post('/personal_access_tokens', {
      authenticity_token,
      'personal_access_token[name]': 'uploads',
    });
    const secret = /class="secret">([\w-]{43})</.exec(await token.text())?.[1] ?? '';
    expect(await status('admin', secret)).toBe(200);
    expect(await get('/audits?search=token.create')).toContain('admin: uploads');
  });

  it.each(['/users', '/roles', '/account', '/personal_access_tokens', '/audits', '/users/new', '/roles/new'])(
    '%s is shown to the administrator, and leads others to the login form and back',
    async (path) => {
      expect((await app.fetch(path, { headers: html })).status).toBe(200);
      const away = await app.anonymous(path, { headers: html });
      const location = `/foreman/users/login?original_uri=${encodeURIComponent(`/foreman${path}`)}`;
      expect([away.status, away.headers.get('location')]).toEqual([302, location]);
    },
  );
});
