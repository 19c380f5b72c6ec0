import { ComputeResourceService, EngineRegistry } from '../../src/compute-resources';
import { ADMINISTRATOR } from '../support/sign-in';
import { Database, UnitOfWork } from '../../src/database';
import { engineData } from '../../tools/engine-simulator';
import { startApp, type RunningApp } from '../support/app';
import { register } from '../support/compute-resources';
import { ACCOUNT, ADMIN_ID, EngineBench, MARA_ID } from '../support/engine-simulators';

const bench = new EngineBench();
let app: RunningApp;

beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

const engines = async () =>
  (await app.app.get(EngineRegistry).list()).map(({ label, origins }) => ({ label, origins }));
const rows = (sql: string) => app.app.get(Database).query<Record<string, unknown>>(sql);
const change = (name: string, body: unknown) =>
  app.fetch(`/api/v2/compute_resources/${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Makes a user of the engine that a compute resource belongs to. */
async function makeUser(resource: string, engineUserId: string, more: { disabled?: boolean } = {}): Promise<void> {
  await app.app.get(UnitOfWork).run(async (tx) => {
    await tx.execute(
      `INSERT INTO users (login, disabled, engine_id, engine_user_id, created_at, updated_at)
       SELECT ?, ?, engine_id, ?, 1, 1 FROM compute_resources WHERE name = ?`,
      [`${resource}-${engineUserId}`, more.disabled ?? false, engineUserId, resource],
    );
    await tx.execute(
      `INSERT INTO sessions (token_digest, user_id, created_at, expires_at, engine_id)
       SELECT ?, id, 1, 9000000000000, engine_id FROM users WHERE login = ?`,
      [`${resource}-${engineUserId}`, `${resource}-${engineUserId}`],
    );
  });
}

describe('compute resources and the engines behind them', () => {
  it('two addresses with one instance id are one engine; another instance id is another', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const alias = await bench.start({ version: '4.5', https: true });
    const other = await bench.start({
      version: '4.5',
      https: true,
      data: { ...engineData(), instanceId: '11111111-3d4a-4e5f-9a6b-7c8d9e0f1a2b' },
    });
    await register(app, engine, { name: 'a' });
    await register(app, alias, { name: 'b', addresses: ['https://ovirt.example.com/', 'ovirt2.example.com'] });
    await register(app, other, { name: 'c' });
    expect(await engines()).toEqual([
      {
        label: 'a, b',
        origins: [engine.url, alias.url, 'https://ovirt.example.com', 'https://ovirt2.example.com'],
      },
      { label: 'c', origins: [other.url] },
    ]);
    const registry = app.app.get(EngineRegistry);
    await expect(registry.byOrigin('https://ovirt.example.com')).resolves.toMatchObject({ label: 'a, b' });
    await expect(registry.byOrigin('https://ovirt.example.org')).resolves.toBeNull();
  });

  it('nobody joins an engine that has not told which one it is, whose people have more rights, to one of their own', async () => {
    const real = await bench.start({ version: '4.5', https: true });
    const own = await bench.start({ version: '4.5', https: true });
    const alias = await bench.start({ version: '4.5', https: true });
    real.control.fault({ kind: 'starting' });
    await register(app, real, { name: 'real' });
    await makeUser('real', ADMIN_ID);
    await app.app
      .get(UnitOfWork)
      .run((tx) => tx.execute('UPDATE users SET admin = ? WHERE engine_id IS NOT NULL', [true]));
    await register(app, own, { name: 'own' });
    await register(app, alias, { name: 'alias' });
    real.control.clearFaults();
    const permissions = new Set(['create_compute_resources', 'edit_compute_resources'] as const);
    const by = { ...ADMINISTRATOR, actor: { ...ADMINISTRATOR.actor, admin: false, permissions } };
    const change = { url: `${real.url}/ovirt-engine/api`, publicKey: real.ca, password: ACCOUNT.password };
    const joined = app.app.get(ComputeResourceService).update(by, 'alias', change, { evenIfFaulty: true });
    await expect(joined).rejects.toMatchObject({ code: 'forbidden' });
    expect((await engines()).map(({ label }) => label)).toEqual(['real', 'own, alias']);
  });

  it('engines that do not tell an instance id are told apart by their origin', async () => {
    const engine = await bench.start({ version: '3.6', https: true });
    const other = await bench.start({ version: '3.6', https: true });
    await register(app, engine, { name: 'a' });
    await register(app, { ...engine, url: `${engine.url}/api` }, { name: 'b' });
    await register(app, other, { name: 'c' });
    expect((await engines()).map(({ label }) => label)).toEqual(['a, b', 'c']);
  });

  it('a compute resource whose address is changed to another engine takes no accounts along', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    await register(app, engine, { name: 'a' });
    await register(app, { url: 'https://127.0.0.1:9', ca: engine.ca }, { name: 'b' });
    await makeUser('b', ADMIN_ID);
    const { status } = await change('b', { url: engine.url, password: ACCOUNT.password });
    expect(status).toBe(200);
    expect((await engines()).map(({ label }) => label)).toEqual(['a, b']);
    const known = 'SELECT u.id FROM users u JOIN compute_resources c ON c.engine_id = u.engine_id';
    expect(await rows(known)).toEqual([]);
    expect(await rows('SELECT id FROM users WHERE engine_id IS NOT NULL')).toHaveLength(1);
  });

  it('an engine recognised later is merged with its accounts, whose people sign in anew; whom either had disabled stays so', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const alias = await bench.start({ version: '4.5', https: true });
    await register(app, engine, { name: 'a' });
    alias.control.fault({ kind: 'starting' });
    await register(app, alias, { name: 'b' });
    expect((await engines()).map(({ label }) => label)).toEqual(['a', 'b']);
    await makeUser('a', ADMIN_ID);
    await makeUser('b', ADMIN_ID, { disabled: true });
    await makeUser('b', MARA_ID);
    await app.app.get(ComputeResourceService).updateAuthSource(ADMINISTRATOR, 'b', { enabled: false });
    alias.control.clearFaults();
    expect((await change('b', { password: ACCOUNT.password })).status).toBe(200);
    expect((await engines()).map(({ label }) => label)).toEqual(['a, b']);
    const users = await rows('SELECT login, disabled FROM users WHERE engine_id IS NOT NULL ORDER BY login');
    expect(users.map(({ login, disabled }) => [login, Boolean(disabled)])).toEqual([
      [`a-${ADMIN_ID}`, true],
      [`b-${MARA_ID}`, false],
    ]);
    expect(await rows('SELECT token_digest FROM sessions')).toEqual([]); // and the engine is switched off
    expect(await rows('SELECT COUNT(*) AS n FROM engines')).toMatchObject([{ n: 1 }]);
    expect((await app.app.get(EngineRegistry).list()).map(({ enabled }) => enabled)).toEqual([false]);
  });

  it('deleting one of two keeps the engine and its accounts, deleting the last removes them', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    await register(app, engine, { name: 'a' });
    await register(app, engine, { name: 'b' });
    await makeUser('a', MARA_ID);
    await app.fetch('/api/v2/compute_resources/a', { method: 'DELETE' });
    expect((await engines()).map(({ label }) => label)).toEqual(['b']);
    expect(await rows('SELECT id FROM users WHERE engine_id IS NOT NULL')).toHaveLength(1);
    const confirmation = await app.fetch('/compute_resources/b/delete', { headers: { accept: 'text/html' } });
    expect(await confirmation.text()).toContain('1 account of people who signed in with this engine will be removed');
    await app.fetch('/api/v2/compute_resources/b', { method: 'DELETE' });
    expect(await rows('SELECT id FROM users WHERE engine_id IS NOT NULL')).toEqual([]);
    expect(await rows('SELECT id FROM engines')).toEqual([]);
  });

  it('compute resources of one engine share the auth source settings', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    await register(app, engine, { name: 'a' });
    await app.fetch('/auth_source_ovirts/a?format=json', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ foreman_ovirt_auth_source_ovirt: { onthefly_register: false, login_prefix: 'west_' } }),
    });
    await register(app, engine, { name: 'b' });
    const sources = await (await app.fetch('/auth_source_ovirts?format=json')).json();
    const shared = { onthefly_register: false, login_prefix: 'west_', enabled: true, accept_readable_user: false };
    expect(sources).toMatchObject([
      { auth_source_ovirt: { name: 'a', ...shared } },
      { auth_source_ovirt: { name: 'b', ...shared } },
    ]);
    await expect(app.app.get(EngineRegistry).list()).resolves.toMatchObject([
      { ontheflyRegister: false, loginPrefix: 'west_' },
    ]);
  });
});
