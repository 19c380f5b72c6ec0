import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineSimulator } from '../../tools/engine-simulator';
import { startApp, type RunningApp } from '../support/app';
import { command } from '../support/command';
import { register } from '../support/compute-resources';
import { EngineBench } from '../support/engine-simulators';
import { rows } from '../support/sign-in';

jest.setTimeout(60_000); // each test starts a service, an engine and the command several times

const bench = new EngineBench();
let app: RunningApp;
let engine: EngineSimulator;
let home: string;
let env: Record<string, string>;
beforeEach(async () => {
  app = await startApp();
  engine = await bench.start({ version: '4.5' });
  await register(app, engine, { name: 'production' });
  home = await mkdtemp(join(tmpdir(), 'foreman-ovirt-home-'));
  env = { FOREMAN_OVIRT_URL: app.url, XDG_CONFIG_HOME: home };
});
afterEach(async () => {
  await app.close();
  await bench.close();
  await rm(home, { recursive: true, force: true });
});

const PASSWORD = 'mara-password';
const WHO = ['--engine', 'production', '--user', 'mara@corp'];
const run = (args: string[], more: { env?: Record<string, string>; input?: string } = {}) =>
  command(args, { ...more, env: { ...env, ...more.env } });
const login = () => run(['login', ...WHO], { input: `${PASSWORD}\n` });
const file = () => join(home, 'foreman-ovirt', 'session.json');
const sessions = () => rows(app, 'SELECT token_digest FROM sessions');

interface Made {
  access_key: { access_key_id: string; kind: string };
  secret_access_key: string;
  session_token?: string;
}
const madeOf = (out: string) => JSON.parse(out) as Made;
const keyEnv = ({ access_key: key, secret_access_key: secret, session_token: token }: Made) => ({
  XDG_CONFIG_HOME: join(home, 'nobody'),
  FOREMAN_OVIRT_ACCESS_KEY: key.access_key_id,
  FOREMAN_OVIRT_SECRET_KEY: secret,
  ...(token !== undefined && { FOREMAN_OVIRT_SESSION_TOKEN: token }),
});

describe('foreman-ovirt login', () => {
  it('keeps the session where nobody else reads it, and never the password', async () => {
    expect(await login()).toEqual({ code: 0, out: '', error: 'Signed in to production as mara@corp.\n' });
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readFile(file(), 'utf8')).not.toContain(PASSWORD);
    const listed = await run(['keys', 'list', '--json'], { env: { FOREMAN_OVIRT_URL: '' } });
    expect(listed.code).toBe(2); // an empty address is none
    expect((await run(['keys', 'list', '--json'])).code).toBe(0);
  });

  it('ends the session that it replaces', async () => {
    await login();
    const former = await sessions();
    expect((await login()).code).toBe(0);
    const now = await sessions();
    expect(now).toHaveLength(1);
    expect(now).not.toEqual(former);
    expect((await run(['keys', 'list'])).code).toBe(0);
  });

  it('tells by its status what went wrong: refused, not reachable, usage', async () => {
    const refused = await run(['login', ...WHO], { input: 'wrong' });
    expect(refused).toMatchObject({ code: 3, out: '', error: 'foreman-ovirt: Incorrect username or password\n' });
    const nobody = await run(['login', ...WHO], {
      input: 'x',
      env: { FOREMAN_OVIRT_URL: 'http://127.0.0.1:1/foreman' },
    });
    expect(nobody).toMatchObject({ code: 4, error: expect.stringContaining('refuses the connection') as string });
    const elsewhere = await run(['login', ...WHO], { input: 'x', env: { FOREMAN_OVIRT_URL: app.origin } });
    expect(elsewhere.code).toBe(3);
    expect((await run(['login', '--engine', 'production'], { input: 'x' })).code).toBe(2);
    expect((await run(['login', ...WHO], { input: '' })).code).toBe(2);
    expect((await run(['keys', 'list'])).code).toBe(2);
    await expect(stat(file())).rejects.toThrow();
  });
});

describe('foreman-ovirt keys', () => {
  it('makes a key by the password alone, leaves no session behind, lists and revokes it', async () => {
    const create = ['keys', 'create', '--name', 'ci', ...WHO, '--read-only', '--json'];
    const created = await run(create, { input: PASSWORD });
    expect(created).toMatchObject({ code: 0, error: '' });
    expect(await sessions()).toEqual([]);
    const made = madeOf(created.out);
    const id = made.access_key.access_key_id;
    const listed = await run(['keys', 'list'], { env: keyEnv(made) });
    expect(listed.out).toMatch(/^NAME +ACCESS KEY +ENGINE +KIND +STATE +EXPIRES +LAST USED\n/);
    expect(listed.out).toMatch(new RegExp(`\\nci +${id} +production +long-lived +only reads +never`));
    expect(await run(['keys', 'revoke', 'ci'], { env: keyEnv(made) })).toMatchObject({ code: 3 });
    await login();
    expect((await run(['keys', 'revoke', 'ci'])).out).toMatch(/revoked/);
    expect((await run(['keys', 'list'], { env: keyEnv(made) })).code).toBe(3);
  });

  it('are asked for by the session that was kept, before what programs act by', async () => {
    await login();
    const made = madeOf((await run(['keys', 'create', '--name', 'ci', '--json'], { input: PASSWORD })).out);
    const both = { ...keyEnv(made), XDG_CONFIG_HOME: home, FOREMAN_OVIRT_TOKEN: 'unknown' };
    expect((await run(['keys', 'revoke', 'ci'], { env: both })).out).toMatch(/revoked/);
    expect(await run(['keys', 'list'], { env: both })).toMatchObject({ code: 0, error: '' });
  });

  it('are made by the password where the session that was kept has ended', async () => {
    await login();
    const { token } = JSON.parse(await readFile(file(), 'utf8')) as { token: string };
    await app.anonymous('/users/logout', { headers: { authorization: `Bearer ${token}` } });
    expect(await run(['keys', 'create', '--name', 'ci'], { input: PASSWORD })).toMatchObject({ code: 0, error: '' });
    expect(await sessions()).toEqual([]);
  });

  it('makes a key of the session, as long as that', async () => {
    expect((await run(['keys', 'create', '--name', 'now', '--temporary'])).code).toBe(2);
    await login();
    const created = await run(['keys', 'create', '--name', 'now', '--temporary', '--json']);
    const made = madeOf(created.out);
    expect(made.access_key.kind).toBe('temporary');
    expect((await run(['keys', 'list'], { env: keyEnv(made) })).code).toBe(0);
  });

  it('shows the secret for a shell, and the password never', async () => {
    const { out, error } = await run(['keys', 'create', '--name', 'ci', ...WHO], { input: PASSWORD });
    expect(out).toMatch(/\nFOREMAN_OVIRT_ACCESS_KEY=FO\w{18}\nFOREMAN_OVIRT_SECRET_KEY=[\w-]{40}\n$/);
    expect(out + error).not.toContain(PASSWORD);
  });
});

describe('what forms offer', () => {
  it.each(['data-centers', 'clusters', 'templates', 'storage-domains'])(
    '%s are listed as the caller sees them',
    async (what) => {
      await login();
      const [table, json] = [await run([what, 'list']), await run([what, 'list', '--json'])];
      const { results } = JSON.parse(json.out) as { results: { id?: string; uuid?: string; name: string }[] };
      expect([table.code, json.code]).toEqual([0, 0]);
      expect(table.out.split('\n').slice(1, -1)).toHaveLength(results.length);
      for (const { id, uuid, name } of results) expect(table.out).toMatch(new RegExp(`${name} .*${id ?? uuid}`));
    },
  );

  it('is that of the engine of the key', async () => {
    const created = await run(['keys', 'create', '--name', 'ci', ...WHO, '--json'], { input: PASSWORD });
    const listed = await run(['data-centers', 'list'], { env: keyEnv(madeOf(created.out)) });
    expect(listed.out).toMatch(/^NAME +STATUS +ID\nDefault +up +/);
  });
});
