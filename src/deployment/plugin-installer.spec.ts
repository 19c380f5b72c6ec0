import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { pluginArchive } from './plugin-archive';
import { builtPlugins } from './plugin-files';
import { installPlugins, uninstallPlugins, type InstallOptions } from './plugin-installer';
import { uiPlugins } from './ui-plugins';

/** Two built plugins, and an engine's directories. */
let dir: string;
let built: string;
let dirs: InstallOptions;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ui-plugins-'));
  built = join(dir, 'dist');
  dirs = { engineDir: join(dir, 'usr'), configDir: join(dir, 'etc') };
  await Promise.all([dirs.engineDir, dirs.configDir].map((path) => mkdir(path)));
  const plugins = ['one', 'two'].map((name) => ({
    ...{ name, title: `Plugin ${name}`, summary: 'Adds something.' },
    ...{ settings: { url: 'address', [`${name}Label`]: 'text' } },
    ...{ descriptor: `${name}.json`, resources: `${name}-files` },
  }));
  for (const { name, descriptor, resources } of plugins) {
    await mkdir(join(built, 'ui-plugins', resources), { recursive: true });
    await writeFile(join(built, 'ui-plugins', descriptor), JSON.stringify({ name }));
    await writeFile(join(built, 'ui-plugins', resources, 'start.html'), name);
  }
  await writeFile(join(built, 'ui-plugins.json'), JSON.stringify(plugins));
});
afterEach(() => rm(dir, { recursive: true }));

const install = async (names: string[], options: Partial<InstallOptions> = {}): Promise<string[]> =>
  installPlugins(await builtPlugins(names, built), { ...dirs, ...options });
const installed = async (): Promise<string[]> => (await readdir(dirs.engineDir)).sort();
const overrides = (name: string): string => join(dirs.configDir, `${name}-config.json`);

describe('UI plugins that were built', () => {
  it('are all taken without a name, or those that are named', async () => {
    const names = async (only?: string[]): Promise<string[]> => (await uiPlugins(only, built)).map(({ name }) => name);

    expect(await names()).toEqual(['one', 'two']);
    expect(await names(['two', 'two'])).toEqual(['two']);
  });

  it('are named where another name is asked for', async () => {
    const error = { code: 'not_found', message: 'There is no UI plugin "three": name one of one, two' };

    await expect(uiPlugins(['two', 'three'], built)).rejects.toMatchObject(error);
  });

  it('are missed with the remedy before a build', async () => {
    const error = { code: 'unavailable', message: expect.stringContaining('npm run build') as string };

    await expect(uiPlugins([], join(dir, 'nowhere'))).rejects.toMatchObject(error);
    await rm(join(built, 'ui-plugins/two-files'), { recursive: true });
    await expect(builtPlugins([], built)).rejects.toMatchObject(error);
  });
});

describe('installPlugins', () => {
  it('installs each with files of its own', async () => {
    await install([]);
    expect(await installed()).toEqual(['one-files', 'one.json', 'two-files', 'two.json']);

    const list = await readFile(join(dirs.engineDir, 'two-files/installed-files.txt'), 'utf8');
    expect(list).toContain('two.json\n# sha256 of two.json: ');
    expect(list).not.toContain('one');
  });

  it('installs one beside another, and sets the address of that one alone', async () => {
    await install(['one']);
    await install(['two'], { url: '/service' });

    expect(await installed()).toEqual(['one-files', 'one.json', 'two-files', 'two.json']);
    expect(await readdir(dirs.configDir)).toEqual(['two-config.json']);
    expect(await readFile(overrides('two'), 'utf8')).toMatch(/Plugin two[^]*two\.json[^]*"url": "\/service"/);
  });

  it.each([
    ['settings that cannot be read', () => writeFile(overrides('two'), '{ "config": [] }'), 'two-config.json'],
    ['a setting of a wrong type', () => writeFile(overrides('two'), '{"config":{"twoLabel":1}}'), '"twoLabel"'],
    ['a descriptor of others', () => writeFile(join(dirs.engineDir, 'two.json'), '{}'), '--replace'],
  ])('writes nothing of any plugin where one has %s', async (_, break_, fault) => {
    await break_();
    const before = await installed();

    await expect(install([], { url: '/service' })).rejects.toThrow(fault);
    expect(await installed()).toEqual(before);
    expect(await readdir(dirs.configDir)).not.toContain('one-config.json');
  });

  it('knows the settings of each plugin, and leaves those of others alone', async () => {
    await writeFile(overrides('one'), '{"config":{"twoLabel":1}}');

    await expect(install(['one'])).resolves.toHaveLength(3);
  });
});

describe('uninstallPlugins', () => {
  it('removes one and leaves the other', async () => {
    await install([], { url: '/service' });
    await uninstallPlugins(await uiPlugins(['one'], built), { ...dirs, purge: true });

    expect(await installed()).toEqual(['two-files', 'two.json']);
    expect(await readdir(dirs.configDir)).toEqual(['two-config.json']);
  });
});

describe('pluginArchive', () => {
  it('holds the files of the plugins that are asked for', async () => {
    const namesIn = async (only: string[]): Promise<string[]> => {
      const reader = extract();
      reader.end(await pluginArchive(await builtPlugins(only, built), new Date(0), '/p'));
      const names: string[] = [];
      for await (const entry of reader) {
        names.push(entry.header.name);
        entry.resume();
      }
      return names;
    };
    const of = (name: string): string[] =>
      ['-files/', '-files/installed-files.txt', '-files/start.html', '.json'].map((path) => `p/${name}${path}`);

    expect(await namesIn(['two'])).toEqual(of('two'));
    expect(await namesIn([])).toEqual([...of('one'), ...of('two')]);
  });
});
