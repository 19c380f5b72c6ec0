import { Database } from '../../src/database';
import { engineData } from '../../tools/engine-simulator';
import { startApp, type RunningApp } from '../support/app';
import { formOf, register } from '../support/compute-resources';
import { ACCOUNT, EngineBench, KEYCLOAK_ACCOUNT } from '../support/engine-simulators';

const PASSWORD = 'planted-Secret-4711';
const bench = new EngineBench();
let app: RunningApp;

beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

const fields = (url: string, more: Record<string, string> = {}): Record<string, string> => ({
  'compute_resource[name]': 'production',
  'compute_resource[url]': url,
  'compute_resource[user]': ACCOUNT.user,
  'compute_resource[password]': ACCOUNT.password,
  ...more,
});
const page = async (path: string, init?: RequestInit) => {
  const response = await app.fetch(path, { headers: { accept: 'text/html' }, ...init });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
};
/** The tool reads `&#x3D;` and friends as a browser does. */
const text = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');
const hiddenField = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1]?.replaceAll('&#x3D;', '=') ?? '';

describe('registering an engine in the form', () => {
  it.each(['4.5', '3.6'] as const)('%s with an unknown CA: shown, trusted, saved', async (version) => {
    const engine = await bench.start({ version, https: true });
    const tested = await page('/compute_resources/test_connection', formOf(fields(engine.url)));
    expect(tested.status).toBe(200);
    expect(text(tested.html)).toContain("The engine's certificate is from an unknown CA");
    expect(tested.html).toMatch(/<code>([0-9A-F]{2}:){31}[0-9A-F]{2}<\/code>/);
    expect(tested.html).not.toContain(ACCOUNT.password);
    const trust = { offered_ca: hiddenField(tested.html, 'offered_ca'), trust: '1' };
    const trusted = await page('/compute_resources/test_connection', formOf(fields(engine.url, trust)));
    expect(text(trusted.html)).toContain('The connection works');
    expect(trusted.html).toContain(`<option value="${engine.data.dataCenters[0]?.id}">Default</option>`);
    const saved = await page(
      '/compute_resources',
      formOf(fields(engine.url, { 'compute_resource[public_key]': engine.ca })),
    );
    expect([saved.status, saved.location]).toEqual([303, '/foreman/compute_resources/1']);
    const status = await page('/compute_resources/1/status');
    expect(text(status.html)).toMatch(/oVirt Engine \S+ answers/);
    const { product, data_centers: dataCenters } = (await (
      await app.fetch('/compute_resources/1/status?format=json')
    ).json()) as Record<string, object>;
    expect(product).toEqual({
      name: 'oVirt Engine',
      version: expect.stringMatching(/^(4\.5|3\.6)/) as string,
      instance_id: version === '4.5' ? engine.data.instanceId : null,
    });
    expect(dataCenters).toHaveLength(engine.data.dataCenters.length);
  });

  it('saving what does not work shows what is wrong and saves only when told to', async () => {
    const refused = await page('/compute_resources', formOf(fields('https://127.0.0.1:9')));
    expect(refused.status).toBe(422);
    expect(text(refused.html)).toContain('The connection is refused');
    expect(text((await page('/compute_resources')).html)).toContain('No engine is registered yet');
    const form = fields('https://127.0.0.1:9', { save_anyway: '1' });
    expect((await page('/compute_resources', formOf(form))).status).toBe(303);
  });

  it.each([
    ['a wrong password', 'The engine refuses the user or password', { 'compute_resource[password]': 'wrong' }],
    ['a wrong path', 'There is no engine API at this path', {}],
  ])('%s: says so', async (_, words, more) => {
    const engine = await bench.start({ version: '4.5' });
    const url = 'compute_resource[password]' in more ? engine.url : `${engine.url}/wrong`;
    const { html } = await page('/compute_resources/test_connection', formOf(fields(url, more)));
    expect(text(html)).toContain(words);
    expect(html.includes(`value="${engine.url}/ovirt-engine/api">Use `)).toBe(url !== engine.url);
  });

  it.each([
    ['a wrong password', 'Keycloak refuses the user or password', { 'compute_resource[password]': 'wrong' }],
    ['a user without role', 'The user has no role in the engine', {}],
    ['a user of the engine itself', 'such as admin@ovirt@internalsso', { 'compute_resource[user]': 'admin@internal' }],
  ])('behind Keycloak, %s: says so', async (_, words, more) => {
    const engine = await bench.start({ version: '4.5', behindKeycloak: true });
    for (const user of engine.data.users) user.withoutRole = true;
    const { user, password } = KEYCLOAK_ACCOUNT;
    const form = { 'compute_resource[user]': user, 'compute_resource[password]': password, ...more };
    const { html } = await page('/compute_resources/test_connection', formOf(fields(engine.url, form)));
    expect(text(html)).toContain(words);
  });

  it('a certificate for another name: says which names it has', async () => {
    const engine = await bench.start({ version: '4.5', https: true, certificateNames: ['engine.example.com'] });
    const form = fields(engine.url, { 'compute_resource[public_key]': engine.ca });
    const { html } = await page('/compute_resources/test_connection', formOf(form));
    expect(text(html)).toMatch(/certificate is for another name.*engine\.example\.com/);
  });

  it('something else than an engine, or a captive portal: says so', async () => {
    const engine = await bench.start({ version: '4.5' });
    engine.control.fault({ kind: 'captive_portal' });
    const { html } = await page('/compute_resources/test_connection', formOf(fields(engine.url)));
    expect(text(html)).toContain('This does not look like an oVirt engine');
  });

  it('a field at fault is named beside the field, and what was typed is kept, the password apart', async () => {
    const form = fields('https://127.0.0.1:9', {
      'compute_resource[name]': ' ',
      'compute_resource[description]': 'Hall',
    });
    const { status, html } = await page('/compute_resources', formOf(form));
    expect(status).toBe(422);
    expect(text(html)).toContain("Name can't be blank.");
    expect(html).toContain('value="Hall"');
    expect(html).not.toContain(ACCOUNT.password);
  });
});

describe('the pages of compute resources and auth sources', () => {
  it('no page, JSON or table holds the password of a registered engine', async () => {
    const data = engineData();
    for (const user of data.users) user.password = PASSWORD;
    const engine = await bench.start({ version: '4.5', https: true, data });
    await register(app, engine, { password: PASSWORD });
    await app.post('/api/v2/hosts/facts', { name: 'web1', facts: { uuid: data.vms[0]?.id } });
    const paths = ['', '/1', '/1/edit', '/1/delete', '/1/status'].flatMap((path) => [
      `/compute_resources${path}`,
      `/compute_resources${path}?format=json`,
    ]);
    const others = ['/auth_source_ovirts', '/auth_source_ovirts/1/edit', '/hosts/web1/vm/ovirt', '/hosts/web1/ovirt'];
    for (const path of [...paths, ...others, '/api/v2/compute_resources', '/api/v2/auth_sources']) {
      const response = await app.fetch(path);
      expect([path, response.status, (await response.text()).includes(PASSWORD)]).toEqual([path, 200, false]);
    }
    const database = app.app.get(Database);
    for (const table of ['compute_resources', 'engines', 'audits', 'virtual_machines', 'sessions'])
      expect(JSON.stringify(await database.query(`SELECT * FROM ${table}`))).not.toContain(PASSWORD);
  });

  it('administration refuses framing', async () => {
    const response = await app.fetch('/compute_resources');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('an auth source is changed in its form, with the risk spelled out, and the change is in the audit trail', async () => {
    await register(app, { url: 'https://127.0.0.1:9', ca: '' });
    const { html } = await page('/auth_source_ovirts/1/edit');
    expect(text(html)).toContain('can then sign in here as any of its users');
    const form = formOf({
      'auth_source_ovirt[enabled]': '1',
      'auth_source_ovirt[onthefly_register]': '0',
      'auth_source_ovirt[login_prefix]': 'ovirt_',
      'auth_source_ovirt[accept_readable_user]': '1',
    });
    expect((await page('/auth_source_ovirts/1', form)).status).toBe(303);
    expect(text((await page('/auth_source_ovirts')).html)).toContain('not required');
    const audits = await app.app.get(Database).query('SELECT actor, action, subject, reason FROM audits ORDER BY id');
    expect(audits).toEqual([
      { actor: 'admin', action: 'compute_resource.create', subject: 'production', reason: 'https://127.0.0.1:9' },
      {
        actor: 'admin',
        action: 'auth_source.update',
        subject: 'production',
        reason: 'ontheflyRegister: true → false; acceptReadableUser: false → true',
      },
    ]);
  });

  it('deleting asks first and says how many hosts it concerns', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    await register(app, engine);
    await app.post('/api/v2/hosts/facts', { name: 'web1', facts: { uuid: engine.data.vms[0]?.id } });
    await app.fetch('/hosts/web1/vm/ovirt');
    const { html } = await page('/compute_resources/1/delete');
    expect(text(html)).toContain('1 host will no longer be told to belong to it');
    const { status, location } = await page('/compute_resources/1/delete', formOf({}));
    expect([status, location]).toEqual([303, '/foreman/compute_resources']);
    expect((await app.fetch('/hosts/web1/ovirt')).status).toBe(200);
  });
});

it('names and descriptions are escaped on every page, and hostile names are found again', async () => {
  const name = `"><script>alert('x')</script>{{title}}`;
  await register(app, { url: 'https://127.0.0.1:9', ca: '' }, { name, description: name });
  const paths = ['/compute_resources', '/compute_resources/1', '/compute_resources/1/edit', '/auth_source_ovirts'];
  for (const path of [...paths, '/compute_resources/1/delete', '/auth_source_ovirts/1/edit']) {
    const { status, html } = await page(path);
    expect([path, status, html.includes('<script>alert')]).toEqual([path, 200, false]);
    expect(html).not.toMatch(/ style=| on[a-z]+=/);
  }
  const found = await app.fetch(`/api/v2/compute_resources/${encodeURIComponent(name)}`);
  expect(await found.json()).toMatchObject({ name });
});
