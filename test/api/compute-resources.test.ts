import { startApp, SECRET_KEY, type RunningApp } from '../support/app';
import { register, registration } from '../support/compute-resources';
import { makeDatabase } from '../support/database';
import { ACCOUNT, EngineBench } from '../support/engine-simulators';

const OTHER_KEY = 'another-key-another-key-another-key';
const bench = new EngineBench();
let app: RunningApp;

beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

const putOf = (body: unknown): RequestInit => ({
  method: 'PUT',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const put = (path: string, body: unknown) => app.fetch(path, putOf(body));
const json = async (response: Response) => ({
  status: response.status,
  body: (await response.json()) as Record<string, unknown>,
});

describe.each(['4.5', '3.6'] as const)('/api/v2/compute_resources with a %s engine', (version) => {
  it('creating resolves the data center by name and answers with Foreman’s fields, without secrets', async () => {
    const engine = await bench.start({ version, https: true });
    const created = await register(app, engine, { datacenter: 'Lager Köln', description: 'Hall 2' });
    expect(created).toMatchObject({
      id: expect.any(Number) as unknown,
      name: 'production',
      provider: 'Ovirt',
      provider_friendly_name: 'oVirt',
      url: `${engine.url}/ovirt-engine/api`,
      user: ACCOUNT.user,
      datacenter: engine.data.dataCenters[1]?.id,
      datacenter_name: 'Lager Köln',
      description: 'Hall 2',
      engine_writes: true,
      service_account_acts: false,
    });
    expect(Object.keys(created)).not.toEqual(expect.arrayContaining(['password', 'public_key']));
  });

  it('a data center that the engine does not have: 422', async () => {
    const engine = await bench.start({ version, https: true });
    const response = await app.post('/api/v2/compute_resources', {
      compute_resource: registration(engine, { datacenter: 'Nowhere' }),
    });
    const { status, body } = await json(response);
    expect([status, body.error]).toMatchObject([422, { full_messages: ['Datacenter was not found'] }]);
  });
});

describe('/api/v2/compute_resources', () => {
  it('tells all that is wrong at once', async () => {
    const wrong = { name: '', url: 'https://a b', user: ' ', password: '', addresses: ['ftp://x'], public_key: 'none' };
    const { status, body } = await json(await app.post('/api/v2/compute_resources', { compute_resource: wrong }));
    const { errors } = body.error as { errors: Record<string, string[]> };
    expect([status, Object.keys(errors).sort()]).toEqual([
      422,
      ['addresses', 'name', 'password', 'public_key', 'url', 'user'],
    ]);
  });

  it('index, show, update and delete', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const { id } = await register(app, engine);
    const index = await json(await app.fetch('/api/v2/compute_resources?include_permissions=true'));
    expect(index.body).toMatchObject({ total: 1, subtotal: 1, page: 1, can_create: true, results: [{ id }] });
    const shown = await json(await app.fetch('/api/compute_resources/production'));
    expect(shown.body).toMatchObject({ id, images: [], compute_attributes: [], locations: [], organizations: [] });
    const renamed = await json(
      await put(`/api/v2/compute_resources/${id}-production`, { name: 'west', description: 'x' }),
    );
    expect([renamed.status, renamed.body]).toMatchObject([200, { id, name: 'west', description: 'x' }]);
    const sources = await json(await app.fetch('/api/v2/auth_sources'));
    expect(sources.body).toMatchObject({ results: [{ name: 'Internal' }, { name: 'west' }] });
    const gone = await json(await app.fetch(`/api/v2/compute_resources/${id}`, { method: 'DELETE' }));
    expect([gone.status, gone.body]).toMatchObject([200, { id, name: 'west' }]);
    expect((await app.fetch(`/api/v2/compute_resources/${id}`)).status).toBe(404);
  });

  it('an engine that does not answer is registered with what is given', async () => {
    const created = await register(
      app,
      { url: 'https://127.0.0.1:9/ovirt-engine/api/', ca: '' },
      { datacenter: 'Default' },
    );
    expect(created).toMatchObject({
      url: 'https://127.0.0.1:9/ovirt-engine/api',
      datacenter: null,
      datacenter_name: 'Default',
    });
  });

  it.each([
    [{ name: '  ' }, 'name'],
    [{ url: 'ftp://engine' }, 'url'],
    [{ url: 'http://engine.example.com' }, 'url'],
    [{ user: '' }, 'user'],
    [{ password: '' }, 'password'],
    [{ public_key: 'no certificate' }, 'public_key'],
    [{ provider: 'EC2' }, 'provider'],
    [{ display_type: 'x11' }, 'display_type'],
    [{ keyboard_layout: 'qwertz' }, 'keyboard_layout'],
    [{ addresses: ['http://alias.example.com'] }, 'addresses'],
    [{ addresses: ['*.example.com'] }, 'addresses'],
  ])('%j: 422 that names the field', async (more, field) => {
    const compute_resource = registration({ url: 'https://127.0.0.1:9', ca: '' }, more);
    const { status, body } = await json(await app.post('/api/v2/compute_resources', { compute_resource }));
    expect([status, Object.keys((body.error as { errors: object }).errors)]).toEqual([422, [field]]);
  });

  it('what Foreman’s Ansible module and hammer set is given back, so that a second run changes nothing', async () => {
    const set = { display_type: 'SPICE', keyboard_layout: 'de', ovirt_quota: 'gold', use_v4: true };
    const { id, ...created } = await register(app, { url: 'https://127.0.0.1:9', ca: '' }, set);
    const kept = { display_type: 'spice', keyboard_layout: 'de', ovirt_quota: 'gold' };
    expect(created).toMatchObject(kept);
    const path = `/api/v2/compute_resources/${id}`;
    expect((await json(await put(path, { description: 'x', keyboard_layout: null }))).body).toMatchObject(kept);
    const { body } = await json(await put(path, { ovirt_quota: '', keyboard_layout: 'fr-ch' }));
    expect(body).toMatchObject({ display_type: 'spice', keyboard_layout: 'fr-ch', ovirt_quota: null });
    const plain = await register(app, { url: 'https://127.0.0.1:9', ca: '' }, { name: 'plain' });
    expect(plain).toMatchObject({ display_type: 'vnc', keyboard_layout: 'en-us', ovirt_quota: null });
  });

  it('an id is an id before it is a name', async () => {
    await register(app, { url: 'https://127.0.0.1:9', ca: '' }, { name: '2' });
    await register(app, { url: 'https://127.0.0.1:9', ca: '' }, { name: 'west' });
    expect((await json(await app.fetch('/api/v2/compute_resources/2'))).body).toMatchObject({ id: 2, name: 'west' });
  });

  it('a name that is taken, in any case: 422', async () => {
    await register(app, { url: 'https://127.0.0.1:9', ca: '' });
    const compute_resource = registration({ url: 'https://127.0.0.1:10', ca: '' }, { name: 'Production' });
    const { body } = await json(await app.post('/api/v2/compute_resources', { compute_resource }));
    expect(body.error).toMatchObject({ full_messages: ['Name has already been taken'] });
  });

  it('a kept password never goes to another address', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const elsewhere = await bench.start({ version: '4.5' });
    const { id } = await register(app, engine);
    for (const path of [`/api/v2/compute_resources/${id}`, `/api/v2/compute_resources/${id}/test_connection`]) {
      const { status, body } = await json(await put(path, { compute_resource: { url: elsewhere.url } }));
      expect([status, body.error]).toMatchObject([
        422,
        { full_messages: ['Password must be entered again when the address changes'] },
      ]);
    }
    expect(elsewhere.control.requests).toEqual([]);
  });

  it('test_connection says what is wrong without changing anything', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const { id } = await register(app, engine);
    const path = `/api/v2/compute_resources/${id}/test_connection`;
    expect((await json(await put(path, {}))).body).toMatchObject({ success: true, data_centers: [{}, {}] });
    const { body } = await json(await put(path, { password: 'wrong' }));
    expect(body).toMatchObject({ success: false, problem: 'unauthorized' });
    expect((await json(await put(path, {}))).body).toMatchObject({ success: true });
  });
});

it('a change of the secret key keeps passwords while SECRET_KEY_PREVIOUS is set, and seals them anew', async () => {
  const engine = await bench.start({ version: '4.5', https: true });
  const { url: DATABASE_URL, drop } = await makeDatabase();
  const runs: Record<string, string>[] = [
    { SECRET_KEY },
    { SECRET_KEY: OTHER_KEY, SECRET_KEY_PREVIOUS: SECRET_KEY },
    { SECRET_KEY: OTHER_KEY },
    { SECRET_KEY },
  ];
  const outcomes: unknown[] = [];
  for (const [index, keys] of runs.entries()) {
    const running = await startApp({ DATABASE_URL, ...keys });
    if (index === 0) await register(running, engine);
    const tested = await running.fetch('/api/v2/compute_resources/production/test_connection', putOf({}));
    outcomes.push([tested.status, await tested.json()]);
    await running.close();
  }
  await drop();
  const works = [200, expect.objectContaining({ success: true })];
  expect(outcomes).toEqual([works, works, works, [503, expect.anything()]]);
}, 30_000);
