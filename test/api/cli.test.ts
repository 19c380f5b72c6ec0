import { lstat, symlink, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { readPlugins } from '../../tools/engine-simulator/webadmin/descriptors';
import { basic, startApp } from '../support/app';
import { command } from '../support/command';
import { makeDatabase } from '../support/database';

/** Each test starts the command several times. */
jest.setTimeout(30_000);

let dir: string;
let engineDir: string;
let configDir: string;
let dirs: string[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'foreman-ovirt-cli-'));
  engineDir = join(dir, 'usr');
  configDir = join(dir, 'etc');
  dirs = ['--engine-dir', engineDir, '--config-dir', configDir];
  await mkdir(engineDir);
  await mkdir(configDir);
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const overridesFile = () => join(configDir, 'foreman-config.json');
const warnings = jest.fn();
const pluginOfEngine = async () => (await readPlugins([engineDir], configDir, warnings))[0];

describe('foreman-ovirt', () => {
  it('tells its version and its commands', async () => {
    expect((await command(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await command(['--help'])).out).toMatch(/ui-plugin[^]*proxy-config[^]*admin-password/);
  });

  it('fails on a command it does not know', async () => {
    expect(await command(['frobnicate'])).toMatchObject({
      code: 2,
      error: expect.stringContaining('frobnicate') as string,
    });
  });
});

describe('foreman-ovirt ui-plugin install', () => {
  it('writes what an engine reads, for everyone to read', async () => {
    const { code, out } = await command(['ui-plugin', 'install', ...dirs]);
    expect(code).toBe(0);
    expect(out).toContain(join(engineDir, 'foreman.json'));
    const plugin = await pluginOfEngine();
    expect(plugin).toMatchObject({ definition: { name: 'foreman', enabled: true, config: { url: '/foreman' } } });
    expect(await readdir(plugin?.resources ?? '')).toEqual(expect.arrayContaining(['start.html', 'foreman.js']));
    expect((await stat(join(engineDir, 'foreman-files'))).mode & 0o777).toBe(0o755);
    expect((await stat(join(engineDir, 'foreman-files/foreman.js'))).mode & 0o777).toBe(0o644);
    expect(await readdir(configDir)).toEqual([]);
  });

  it('sets the address with --url and leaves every other setting and comment as it is', async () => {
    const before = `{
  // ours
  "order": 3,
  "config": { "foremanDashboardLabel": "Puppet", /* old */ "url": "/old" }
}
`;
    await writeFile(overridesFile(), before);
    await command(['ui-plugin', 'install', ...dirs, '--url', 'https://foreman.example.com/foreman/']);
    expect(await readFile(overridesFile(), 'utf8')).toBe(before.replace('/old', 'https://foreman.example.com/foreman'));
    expect((await pluginOfEngine())?.definition.config).toMatchObject({
      url: 'https://foreman.example.com/foreman',
      foremanDashboardLabel: 'Puppet',
    });
  });

  it('makes the settings with --url where there are none, and keeps them afterwards', async () => {
    await command(['ui-plugin', 'install', ...dirs, '--url', '/puppet']);
    const made = await readFile(overridesFile(), 'utf8');
    await command(['ui-plugin', 'install', ...dirs]);
    expect(await readFile(overridesFile(), 'utf8')).toBe(made);
    expect((await pluginOfEngine())?.definition.config).toMatchObject({ url: '/puppet' });
  });

  it.each([
    ['broken JSON', '{ "config": { "url": "/x", } }', 'in line 1'],
    ['an array', '[]', 'cannot be read'],
    ['a setting of the wrong type', '{ "enabled": "yes" }', 'enabled'],
    ['an address that is none', '{ "config": { "loginUrl": "http://[" } }', '"loginUrl" is no web address'],
    ['an address of another kind', '{ "config": { "logoutUrl": "ftp://x/" } }', '"logoutUrl" is no web address'],
    ['a label that is no text', '{ "config": { "foremanGraphsLabel": 7 } }', '"foremanGraphsLabel" is no text'],
  ])('stops at settings that are %s, before it writes anything', async (_, text, fault) => {
    await writeFile(overridesFile(), text);
    const { code, error } = await command(['ui-plugin', 'install', ...dirs, '--url', '/foreman']);
    expect(code).toBe(1);
    expect(error).toContain(overridesFile());
    expect(error).toContain(fault);
    expect(await readFile(overridesFile(), 'utf8')).toBe(text);
    expect(await readdir(engineDir)).toEqual([]);
  });

  it('removes what an earlier version had beside it, and nothing else', async () => {
    await command(['ui-plugin', 'install', ...dirs]);
    const list = join(engineDir, 'foreman-files/installed-files.txt');
    await writeFile(list, `${await readFile(list, 'utf8')}foreman-files/old.js\n../other.json\n`);
    await writeFile(join(engineDir, 'foreman-files/old.js'), '');
    await writeFile(join(dir, 'other.json'), '');
    await command(['ui-plugin', 'install', ...dirs]);
    expect(await readdir(join(engineDir, 'foreman-files'))).not.toContain('old.js');
    expect(await readdir(dir)).toContain('other.json');
  });

  it('does not replace a foreman.json of others unless told, and then keeps it', async () => {
    await writeFile(join(engineDir, 'foreman.json'), 'theirs');
    expect(await command(['ui-plugin', 'install', ...dirs])).toMatchObject({
      code: 1,
      error: expect.stringContaining('--replace') as string,
    });
    expect(await command(['ui-plugin', 'install', ...dirs, '--replace'])).toMatchObject({ code: 0 });
    expect(await readFile(join(engineDir, 'foreman.json.replaced'), 'utf8')).toBe('theirs');
  });

  it('mends an address that is none with --url', async () => {
    await writeFile(overridesFile(), '{ "config": { "url": "http://[" } }');
    expect(await command(['ui-plugin', 'install', ...dirs])).toMatchObject({ code: 1 });
    expect(await command(['ui-plugin', 'install', ...dirs, '--url', '/foreman'])).toMatchObject({ code: 0 });
  });

  it('takes a foreman.json that replaced ours for one of others, and keeps each of them', async () => {
    const descriptor = join(engineDir, 'foreman.json');
    for (const theirs of ['theirs', 'theirs again']) {
      await command(['ui-plugin', 'install', ...dirs]);
      await writeFile(descriptor, theirs);
      expect(await command(['ui-plugin', 'install', ...dirs])).toMatchObject({
        code: 1,
        error: expect.stringContaining('--replace') as string,
      });
      expect(await readFile(descriptor, 'utf8')).toBe(theirs);
      expect(await command(['ui-plugin', 'install', ...dirs, '--replace'])).toMatchObject({ code: 0 });
    }
    expect(await readFile(`${descriptor}.replaced`, 'utf8')).toBe('theirs');
    expect(await readFile(`${descriptor}.replaced.2`, 'utf8')).toBe('theirs again');
  });

  it('writes settings through a link', async () => {
    const real = join(dir, 'kept-elsewhere.json');
    await writeFile(real, '{}');
    await symlink(real, overridesFile());
    await command(['ui-plugin', 'install', ...dirs, '--url', '/puppet']);
    expect((await lstat(overridesFile())).isSymbolicLink()).toBe(true);
    expect(await readFile(real, 'utf8')).toContain('/puppet');
  });

  it.each([['install'], ['uninstall']])('%s says what is wrong with a file called foreman-files', async (verb) => {
    await writeFile(join(engineDir, 'foreman-files'), '');
    const { code, error } = await command(['ui-plugin', verb, ...dirs]);
    expect(code).toBe(1);
    expect(error).toMatch(/foreman-files.*a file is where a directory belongs/);
    expect(error).not.toContain('    at ');
  });

  it.each(['ftp://x', 'foreman', '//evil.example.com', 'https://x/?a=1'])('refuses the address %s', async (url) => {
    const { code, error } = await command(['ui-plugin', 'install', ...dirs, '--url', url]);
    expect(code).toBe(2);
    expect(error).toContain('expected an address');
  });

  it.each(['install', 'uninstall', 'archive'])(
    '%s takes the plugin that is named, and names those there are',
    async (verb) => {
      const output = verb === 'archive' ? ['--output', join(dir, 'plugin.tar')] : dirs;
      expect(await command(['ui-plugin', verb, 'foreman', ...output])).toMatchObject({ code: 0 });
      expect(await command(['ui-plugin', verb, 'foreman', 'other', ...output])).toMatchObject({
        code: 1,
        error: expect.stringMatching(/no UI plugin "other": name one of foreman/) as string,
      });
    },
  );

  it('says that a directory is missing and what to do', async () => {
    const { code, error } = await command(['ui-plugin', 'install', '--engine-dir', join(dir, 'none')]);
    expect(code).toBe(1);
    expect(error).toMatch(/no directory .*none.*--engine-dir/);
    expect(error).not.toContain('    at ');
  });
});

describe('foreman-ovirt ui-plugin uninstall', () => {
  it('removes what install wrote; the settings only with --purge', async () => {
    await command(['ui-plugin', 'install', ...dirs, '--url', '/foreman']);
    await command(['ui-plugin', 'uninstall', ...dirs]);
    expect(await readdir(engineDir)).toEqual([]);
    expect(await readdir(configDir)).toEqual(['foreman-config.json']);
    await command(['ui-plugin', 'uninstall', ...dirs, '--purge']);
    expect(await readdir(configDir)).toEqual([]);
  });

  it('keeps files of others', async () => {
    await command(['ui-plugin', 'install', ...dirs]);
    await writeFile(join(engineDir, 'foreman-files/logo.png'), '');
    await writeFile(join(engineDir, 'other.json'), '{}');
    const { out } = await command(['ui-plugin', 'uninstall', ...dirs]);
    expect(out).toContain('foreman-files stays');
    expect(await readdir(engineDir)).toEqual(['foreman-files', 'other.json']);
    expect(await readdir(join(engineDir, 'foreman-files'))).toEqual(['logo.png']);
  });

  it('keeps a foreman.json that replaced ours', async () => {
    await command(['ui-plugin', 'install', ...dirs]);
    await writeFile(join(engineDir, 'foreman.json'), 'theirs');
    const { out } = await command(['ui-plugin', 'uninstall', ...dirs]);
    expect(out).toContain('foreman.json stays');
    expect(await readdir(engineDir)).toEqual(['foreman.json']);
  });

  it('says so where nothing is installed', async () => {
    expect(await command(['ui-plugin', 'uninstall', ...dirs])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing of the plugin') as string,
    });
  });
});

describe('foreman-ovirt ui-plugin archive', () => {
  const entriesOf = async (tar: Buffer) => {
    const entries = new Map<string, { mode: number | undefined; content: string }>();
    const reader = extract();
    reader.end(tar);
    for await (const entry of reader) {
      entries.set(entry.header.name, { mode: entry.header.mode, content: await text(entry) });
    }
    return entries;
  };

  it('holds what install writes, relative to /, without settings or directories of others', async () => {
    const output = join(dir, 'plugin.tar');
    expect(await command(['ui-plugin', 'archive', '--output', output])).toMatchObject({ code: 0 });
    await command(['ui-plugin', 'install', ...dirs]);
    const entries = await entriesOf(await readFile(output));
    const root = 'usr/share/ovirt-engine/ui-plugins';
    const installed = (await readdir(join(engineDir, 'foreman-files'))).map((name) => `foreman-files/${name}`);
    expect([...entries.keys()].sort()).toEqual(
      ['foreman-files/', ...installed, 'foreman.json'].map((path) => `${root}/${path}`).sort(),
    );
    for (const path of [...installed, 'foreman.json'])
      expect(entries.get(`${root}/${path}`)).toEqual({
        mode: 0o644,
        content: await readFile(join(engineDir, path), 'utf8'),
      });
    expect(entries.get(`${root}/foreman-files/`)?.mode).toBe(0o755);
  });

  it('is what the service’s page downloads', async () => {
    const service = await startApp();
    try {
      const answer = await service.fetch('/ui_plugin/archive.tar');
      expect(answer.headers.get('content-type')).toBe('application/x-tar');
      expect(answer.headers.get('content-disposition')).toContain('foreman-ui-plugin.tar');
      const entries = await entriesOf(Buffer.from(await answer.arrayBuffer()));
      expect([...entries.keys()]).toContain('usr/share/ovirt-engine/ui-plugins/foreman.json');
      expect((await service.anonymous('/ui_plugin/archive.tar')).status).not.toBe(200);
      expect((await service.fetch('/ui_plugin/archive.tar?name=foreman')).status).toBe(200);
      expect((await service.fetch('/ui_plugin/archive.tar?name=other')).status).toBe(404);
    } finally {
      await service.close();
    }
  });
});

describe('foreman-ovirt proxy-config', () => {
  it.each([
    ['--base-path', '/api', 'belongs to the engine'],
    ['--base-path', '/ovirt-engine/foreman', 'belongs to the engine'],
    ['--base-path', '/', 'not a path of its own'],
    ['--base-path', '/a"\n</Location>', 'not a path of its own'],
    ['--service', 'https://127.0.0.1:3000', 'not an address'],
    ['--service', '127.0.0.1:3000', 'not an address'],
    ['--origin', 'engine.example.com', 'not an origin'],
  ])('refuses %s %s', async (option, value, fault) => {
    expect(await command(['proxy-config', 'apache', option, value])).toMatchObject({
      code: 1,
      out: '',
      error: expect.stringContaining(fault) as string,
    });
  });

  it.each(['apache', 'nginx'])('takes the service’s own settings for %s', async (kind) => {
    const env = { BASE_PATH: '/puppet/', PUBLIC_URL: 'https://engine.example.com' };
    const { out } = await command(['proxy-config', kind], { env });
    expect(out).toContain('PUBLIC_URL=https://engine.example.com\n');
    expect(out).toContain('/puppet');
    expect(out).not.toContain('/foreman"');
  });

  it('names a file that Apache httpd reads before the engine’s own', async () => {
    const { out } = await command(['proxy-config', 'apache']);
    const name = /conf\.d\/(\S+\.conf)/.exec(out)?.[1] ?? '';
    expect([name, 'ovirt-engine.conf', 'z-ovirt-engine-proxy.conf'].sort()[0]).toBe(name);
  });

  it('has Apache httpd give up idle connections before the service closes them', async () => {
    const { out } = await command(['proxy-config', 'apache']);
    const service = await startApp();
    try {
      const { headers } = await service.anonymous('/users/login');
      const kept = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1];
      const proxyKeeps = / ttl=(\d+)$/m.exec(out)?.[1];
      expect(Number(kept)).toBeGreaterThan(Number(proxyKeeps) + 10);
    } finally {
      await service.close();
    }
  });
});

describe('foreman-ovirt admin-password', () => {
  let env: Record<string, string>;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    const database = await makeDatabase();
    env = { DATABASE_URL: database.url, SECRET_KEY: 'test-key-test-key-test-key-test-key' };
    drop = database.drop;
  });
  afterEach(() => drop());

  const status = async (password: string) => {
    const service = await startApp({ ...env, ADMIN_PASSWORD: 'the-first-password' });
    try {
      const headers = { authorization: basic('admin', password) };
      return (await service.anonymous('/hosts?format=json', { headers })).status;
    } finally {
      await service.close();
    }
  };

  it('takes the new password from standard input', async () => {
    expect(await status('the-first-password')).toBe(200);
    const ended = await command(['admin-password'], { env, input: 'the-second-password\n' });
    expect(ended).toMatchObject({ code: 0, out: '' });
    expect(ended.error).not.toContain('the-second-password');
    expect(await status('the-second-password')).toBe(200);
    expect(await status('the-first-password')).toBe(401);
  });

  it('makes one and prints it where none is given', async () => {
    await status('the-first-password');
    const { out } = await command(['admin-password'], { env });
    expect(out).toMatch(/^[\w-]{24}\n$/);
    expect(await status(out.trim())).toBe(200);
  });

  it.each([
    ['a short password', { input: 'short\n' }, 'at least 8 characters'],
    ['no database', { env: { DATABASE_URL: 'sqlite:/nowhere/db.sqlite' } }, 'There is no database /nowhere/db.sqlite'],
    ['a bad setting', { env: { PORT: 'x' } }, 'PORT'],
  ])('refuses %s', async (_, given: { input?: string; env?: Record<string, string> }, fault) => {
    const ended = await command(['admin-password'], { input: given.input, env: { ...env, ...given.env } });
    expect(ended).toMatchObject({ code: 1, out: '', error: expect.stringContaining(fault) as string });
  });
});

describe('the page of the UI plugin', () => {
  const setupOf = async (env: Record<string, string>, headers: Record<string, string> = {}) => {
    const service = await startApp(env);
    try {
      const answer = await service.fetch('/ui_plugin?format=json', { headers });
      return JSON.stringify(await answer.json());
    } finally {
      await service.close();
    }
  };

  it('tells each plugin, and where its settings belong', async () => {
    const { plugins } = JSON.parse(await setupOf({})) as { plugins: unknown };
    expect(plugins).toEqual([
      expect.objectContaining({
        ...{ name: 'foreman', title: 'Foreman' },
        overrides: { path: '/etc/ovirt-engine/ui-plugins/foreman-config.json', text: expect.anything() as string },
      }),
    ]);
  });

  it('names no origin when it is opened at the service’s own port', async () => {
    const setup = await setupOf({});
    expect(setup).toContain('"service_url":"/foreman"');
    expect(setup).not.toContain('PUBLIC_URL');
  });

  it.each([
    ['PUBLIC_URL says', { PUBLIC_URL: 'https://engine.example.com' }, {}],
    ['the proxy says', {}, { 'x-forwarded-host': 'engine.example.com', 'x-forwarded-proto': 'https' }],
  ])('names the origin that %s', async (_, env, headers) => {
    const setup = await setupOf(env, headers);
    expect(setup).toContain('"service_url":"https://engine.example.com/foreman"');
    expect(setup).toContain('PUBLIC_URL=https://engine.example.com');
  });
});
