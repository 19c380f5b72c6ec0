import { ComputeResourceService, ComputeResourceStore } from '../../src/compute-resources';
import type { EngineSimulator } from '../../tools/engine-simulator';
import { basic, startApp, type RunningApp } from '../support/app';
import { register, registration } from '../support/compute-resources';
import { EngineBench } from '../support/engine-simulators';
import { EnginePerson, addTemplate, wish } from '../support/machines';

const PASSWORD = 'a-good-password';

const bench = new EngineBench();
let app: RunningApp;
let engine: EngineSimulator;

beforeEach(async () => {
  app = await startApp();
  engine = await bench.start({ version: '4.5', https: true });
  addTemplate(engine);
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

/** A local user with a role of these permissions. */
async function userWith(login: string, permissions: string[]): Promise<string> {
  const role = await app.post('/api/v2/roles', { role: { name: login, permissions } });
  const { id } = (await role.json()) as { id: number };
  await app.post('/api/v2/users', { user: { login, password: PASSWORD, role_ids: [id] } });
  return basic(login, PASSWORD);
}

const as = (authorization: string, method: string, path: string, body: object) =>
  app.anonymous(path, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('who registers a server that says to be an engine with people', () => {
  const REGISTRAR = ['view_compute_resources', 'create_compute_resources', 'edit_compute_resources'];

  it('is refused, unless an administrator', async () => {
    await register(app, engine, { name: 'real' });
    await EnginePerson.signIn(app, engine, 'mara@corp');
    const rogue = await bench.start({ version: '4.5', https: true });
    const eve = await userWith('eve', REGISTRAR);
    const body = { compute_resource: registration(rogue, { name: 'rogue' }) };
    expect((await as(eve, 'POST', '/api/v2/compute_resources', body)).status).toBe(403);
  });

  it('gets nowhere by telling that later', async () => {
    await register(app, engine, { name: 'real' });
    await EnginePerson.signIn(app, engine, 'mara@corp');
    const rogue = await bench.start({ version: '4.5', https: true });
    const { instanceId } = rogue.data;
    rogue.data.instanceId = '';
    const eve = await userWith('eve', REGISTRAR);
    const made = await as(eve, 'POST', '/api/v2/compute_resources', {
      compute_resource: registration(rogue, { name: 'rogue' }),
    });
    expect(made.status).toBe(201);
    rogue.data.instanceId = instanceId;
    const { id } = (await made.json()) as { id: number };
    const resource = await app.app.get(ComputeResourceStore).get(id);
    await expect(app.app.get(ComputeResourceService).recognise(resource)).rejects.toMatchObject({ code: 'conflict' });
  });
});

it('a session that another server of the same engine vouches for does nothing at this one', async () => {
  const { id } = await register(app, engine, { name: 'real' });
  const other = await bench.start({ version: '4.5', https: true });
  await register(app, other, { name: 'other' }); // an administrator believes that it is the same
  await EnginePerson.signIn(app, engine, 'mara@corp');
  const impostor = await EnginePerson.signIn(app, other, 'mara@corp');
  const sent = engine.control.requests.length;
  const answer = await impostor.post('/api/v2/virtual_machines', { virtual_machine: wish(id) });
  expect([answer.status, await answer.json()]).toMatchObject([403, { error: { reason: 'engine_identity_required' } }]);
  expect(engine.control.requests).toHaveLength(sent);
});

describe('an access key of an administrator', () => {
  it('administers nothing', async () => {
    const { id } = await register(app, engine, { name: 'real' });
    const mara = await EnginePerson.signIn(app, engine, 'mara@corp');
    const users = (await (await app.fetch('/api/v2/users?search=login+%3D+mara%40corp')).json()) as {
      results: { id: number }[];
    };
    await as(basic('admin', 'correct-horse-battery'), 'PUT', `/api/v2/users/${users.results[0]?.id}`, {
      user: { admin: true },
    });
    const made = await mara.post('/api/v2/access_keys', {
      access_key: {
        name: 'ci',
        compute_resource_id: id,
        kind: 'long_lived',
        engine_user: 'mara@corp',
        engine_password: 'mara-password',
      },
    });
    const key = (await made.json()) as { access_key: { access_key_id: string }; secret_access_key: string };
    const authorization = basic(key.access_key.access_key_id, key.secret_access_key);
    const eve = { user: { login: 'eve', password: PASSWORD, admin: true } };
    expect((await as(authorization, 'POST', '/api/v2/users', eve)).status).toBe(403);
    const change = { compute_resource: { service_account_acts: true } };
    expect((await as(authorization, 'PUT', `/api/v2/compute_resources/${id}`, change)).status).toBe(403);
    const clerk = await userWith('clerk', ['manage_access_keys']);
    const path = `/api/v2/access_keys/${key.access_key.access_key_id}`;
    const widen = (fields: object) => as(clerk, 'PUT', path, { access_key: fields });
    expect((await widen({ read_only: true })).status).toBe(200);
    expect((await widen({ read_only: false })).status).toBe(403);
    expect((await widen({ expires_at: null })).status).toBe(403);
    expect((await widen({ revoked: true })).status).toBe(200);
  });
});
