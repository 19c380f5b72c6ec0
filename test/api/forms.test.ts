import { startApp, type RunningApp } from '../support/app';
import { formOf, register } from '../support/compute-resources';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  await register(app, { url: 'https://127.0.0.1:9', ca: '' });
  await app.post('/api/v2/users', { user: { login: 'zoe', password: 'a-good-password' } });
  await app.post('/api/v2/roles', { role: { name: 'Readers', permissions: [] } });
});
afterAll(() => app.close());

const LONG = 'x'.repeat(300);
const ENGINE = { name: LONG, url: 'https://127.0.0.1:9', user: 'a@internal', password: 'secret' };
const PASSWORDS = { current_password: 'wrong', password: 'a-new-password', password_confirmation: 'a-new-password' };

/** Every form, with something wrong in it: its fields, the field at fault, and what is said of it. */
const FORMS: [path: string, key: string, fields: Record<string, string>, field: string, fault: string][] = [
  ['/users', 'user', { login: 'admin', password: 'a-good-password' }, 'login', 'has already been taken'],
  ['/users', 'user', { login: 'x', password: 'short' }, 'password', 'is too short (minimum is 8 characters)'],
  ['/users/zoe', 'user', { firstname: LONG }, 'firstname', 'is too long (maximum is 254 characters)'],
  ['/roles', 'role', { name: 'ovirt', 'permissions][': '' }, 'name', 'has already been taken'],
  ['/roles/Readers', 'role', { name: LONG, 'permissions][': '' }, 'name', 'is too long (maximum is 100 characters)'],
  ['/account/password', 'account', PASSWORDS, 'current_password', 'is not right'],
  ['/personal_access_tokens', 'personal_access_token', { name: ' ' }, 'name', "can't be blank"],
  [
    '/personal_access_tokens',
    'personal_access_token',
    { name: LONG },
    'name',
    'is too long (maximum is 254 characters)',
  ],
  ['/personal_access_tokens', 'personal_access_token', { name: 'a', expires_at: 'b' }, 'expires_at', 'is not a date'],
  ['/compute_resources', 'compute_resource', ENGINE, 'name', 'is too long (maximum is 255 characters)'],
  ['/compute_resources/1', 'compute_resource', { name: ' ' }, 'name', "can't be blank"],
  ['/compute_resources/test_connection', 'compute_resource', ENGINE, 'name', 'is too long (maximum is 255 characters)'],
  [
    '/auth_source_ovirts/1',
    'auth_source_ovirt',
    { login_prefix: '' },
    'login_prefix',
    'must be 1 to 40 letters, digits, or one of _ . -',
  ],
  [
    '/auth_source_ovirts/1',
    'auth_source_ovirt',
    { login_prefix: 'zo' },
    'login_prefix',
    "Logins of this engine's people begin with zo, and so does that of local user zoe: rename that user first",
  ],
];

describe.each(FORMS)('%s (%#)', (path, key, fields, field, fault) => {
  it('as JSON is 422 with the fault under the field', async () => {
    const { 'permissions][': list, ...plain } = fields;
    const body = { [key]: list === undefined ? plain : { ...plain, permissions: [] } };
    const response = await app.post(path, body, { accept: 'application/json' });
    expect([response.status, await response.json()]).toMatchObject([422, { error: { errors: { [field]: [fault] } } }]);
  });

  it('as a form is shown again with what was typed and what is wrong, in our words', async () => {
    const typed = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${key}[${name}]`, value]));
    const response = await app.fetch(path, formOf(typed));
    const html = (await response.text()).replaceAll('&#x27;', "'");
    expect([response.status, html.includes(`${fault}.`)]).toEqual([422, true]);
    const kept = Object.entries(typed).filter(([name, value]) => !/password|permissions/.test(name) && value.trim());
    expect(kept.filter(([, value]) => !html.includes(`value="${value}"`))).toEqual([]);
  });
});

it('an engine that does not answer is no 2xx for programs that register it at the page', async () => {
  const compute_resource = { ...ENGINE, name: 'down' };
  const response = await app.post('/compute_resources', { compute_resource }, { accept: 'application/json' });
  expect([response.status, await response.json()]).toMatchObject([502, { error: { reason: 'refused' } }]);
});

it('a token made at the page is handed to callers of JSON, this once', async () => {
  const made = await app.post('/personal_access_tokens', { personal_access_token: { name: 'uploads' } });
  const { token_value: secret } = (await made.json()) as { token_value: string };
  expect([made.status, secret]).toEqual([201, expect.stringMatching(/^[\w-]{43}$/)]);
  const list = await app.fetch('/personal_access_tokens?format=json');
  expect(await list.text()).not.toContain(secret);
});

it('a form that cannot be shown again names its fields as people do', async () => {
  const response = await app.fetch('/roles', formOf({ 'role[description]': 'x' }));
  expect([response.status, (await response.text()).includes('Name can&#x27;t be blank')]).toEqual([422, true]);
});

it.each(['/users', '/dashboard/ovirt', '/hosts'])(
  'a search that %s does not understand is 400, as JSON too',
  async (path) => {
    const page = await app.fetch(`${path}?search=nothing+%3D+1`, { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([400, expect.stringContaining('not recognized') as string]);
    const json = await app.fetch(`${path}?search=nothing+%3D+1&format=json`);
    expect([json.status, await json.json()]).toMatchObject([400, { error: { position: { start: 0, end: 7 } } }]);
  },
);
