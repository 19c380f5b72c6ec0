import { Database } from '../../src/database';
import { EngineRegistry } from '../../src/compute-resources';
import { basic, startApp, type RunningApp } from '../support/app';
import { register, registration } from '../support/compute-resources';
import { ACCOUNT, EngineBench, MARA_ID } from '../support/engine-simulators';
import { engineData } from '../../tools/engine-simulator';
import { claimOf, logIn, rows } from '../support/sign-in';

const OTHER = { ...engineData(), instanceId: '11111111-3d4a-4e5f-9a6b-7c8d9e0f1a2b' };
const DOWN = 'https://127.0.0.1:9';
const bench = new EngineBench();
let app: RunningApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

const change = (id: number, body: unknown) =>
  app.fetch(`/api/v2/compute_resources/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
/** As a database of old may be. */
async function write(sql: string, params: (string | number | boolean)[] = []): Promise<void> {
  await app.app.get(Database).unitOfWork.run((tx) => tx.execute(sql, params));
  await app.app.get(EngineRegistry).forget();
}
const create = (engine: { url: string; ca: string }, more: object) =>
  app.post('/api/v2/compute_resources', { compute_resource: registration(engine, { ...more }) });
const fault = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { error: { errors: Record<string, string[]> } }).error.errors,
];
const says = (field: string, text: string) => [422, { [field]: [expect.stringContaining(text) as string] }];

describe('the addresses of an engine', () => {
  it('lead to no other engine, whether as URL or as further address', async () => {
    const real = await bench.start({ version: '4.5', https: true });
    const lab = await bench.start({ version: '4.5', https: true, data: OTHER });
    await register(app, real, { name: 'real', addresses: ['https://ovirt.example.com'] });
    const taken = 'is an address of compute resource real, which is another engine';
    expect(await fault(await create(lab, { name: 'lab', addresses: [real.url] }))).toEqual(says('addresses', taken));
    const { id } = await register(app, lab, { name: 'lab' });
    for (const address of [real.url, 'ovirt.example.com'])
      expect(await fault(await change(id, { addresses: [address] }))).toEqual(says('addresses', taken));
    const atReal = { url: 'https://ovirt.example.com', password: ACCOUNT.password };
    const moved = await change(id, atReal);
    expect(moved.status).toBe(200); // nobody answers there, so by its address it is the engine that has it
    const engines = await app.app.get(EngineRegistry).list();
    expect(engines.map(({ label }) => label)).toEqual(['real, lab']);
  });

  it('that two engines claim in a database of old lead to none', async () => {
    const real = await bench.start({ version: '4.5', https: true });
    const lab = await bench.start({ version: '4.5', https: true, data: OTHER });
    await register(app, lab, { name: 'lab' });
    await register(app, real, { name: 'real' });
    await write(`UPDATE compute_resources SET addresses = ? WHERE name = 'lab'`, [JSON.stringify([real.url])]);
    const before = lab.control.requests.length;
    const login = await logIn(app, { ...claimOf(real.control.signIn(MARA_ID)), engine: real.url });
    expect(login.status).toBe(403);
    expect(lab.control.requests).toHaveLength(before);
  });

  it('that were another engine’s before bring none of its accounts', async () => {
    const old = await bench.start({ version: '4.5', https: true });
    const alias = await bench.start({ version: '4.5', https: true });
    const { id } = await register(app, old, { name: 'a' });
    expect((await change(id, { url: alias.url, password: ACCOUNT.password, public_key: alias.ca })).status).toBe(200);
    old.control.fault({ kind: 'starting' });
    await register(app, old, { name: 'b' });
    const engines = await app.app.get(EngineRegistry).list();
    expect(engines.map(({ label }) => label)).toEqual(['a', 'b']);
  });

  it('where another engine answers than the registered one sign nobody in, until an administrator saves that', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const { id } = await register(app, engine, { name: 'a' });
    expect((await logIn(app, claimOf(engine.control.signIn(MARA_ID)))).status).toBe(200);
    await write('UPDATE engines SET instance_id = ?', [OTHER.instanceId]);
    const refused = await logIn(app, claimOf(engine.control.signIn(MARA_ID)));
    expect([refused.status, await refused.json()]).toMatchObject([403, { error: { reason: 'engine_replaced' } }]);
    expect((await change(id, { password: ACCOUNT.password })).status).toBe(200);
    expect((await logIn(app, claimOf(engine.control.signIn(MARA_ID)))).status).toBe(200);
    expect(await rows(app, 'SELECT login FROM users WHERE engine_id IS NOT NULL')).toHaveLength(2);
  });

  it.each(['https://*', 'https://*.example.com', 'https://a;sandbox', 'https://a,b.example.com'])(
    'are host names: %s is refused, and never gets into the frame policy',
    async (url) => {
      const { ca } = await bench.start({ version: '4.5', https: true });
      expect(await fault(await create({ url, ca }, { name: 'a' }))).toEqual(says('url', 'is no host name'));
      await register(app, { url: DOWN, ca }, { name: 'a' });
      await write('UPDATE compute_resources SET url = ?', [url]);
      const policy = (await app.fetch('/hosts')).headers.get('content-security-policy');
      expect(policy).toMatch(/frame-ancestors 'self'$/);
    },
  );
});

describe('the kept password of a compute resource', () => {
  it('is tried with other settings by nobody who may not change it', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const { id } = await register(app, engine, { name: 'a' });
    const login = await logIn(app, claimOf(engine.control.signIn(MARA_ID)));
    const { user } = (await login.json()) as { user: { id: number } };
    await write('UPDATE users SET admin = ? WHERE id = ?', [true, user.id]);
    const [role] = await rows<{ id: number }>(app, `SELECT id FROM roles WHERE name = 'Manager'`);
    const mo = { login: 'mo', password: 'a-good-password', role_ids: [role?.id] };
    expect((await app.post('/api/v2/users', { user: mo })).status).toBe(201);
    const before = engine.control.requests.length;
    const tried = await app.anonymous(`/api/v2/compute_resources/${id}/test_connection`, {
      method: 'PUT',
      headers: { authorization: basic('mo', mo.password), 'content-type': 'application/json' },
      body: JSON.stringify({ insecure_tls: true }),
    });
    expect(tried.status).toBe(403);
    expect(engine.control.requests).toHaveLength(before);
  });
});

describe('a local user whose login begins as those of an engine’s people would', () => {
  it('stands in the way of registering the engine, which says so', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const user = { login: 'ovirt_bob', password: 'a-good-password' };
    expect((await app.post('/api/v2/users', { user })).status).toBe(201);
    expect(await fault(await create(engine, { name: 'a' }))).toEqual(says('url', 'local user ovirt_bob'));
    expect(await rows(app, 'SELECT id FROM compute_resources')).toEqual([]);
  });
});
