import { join } from 'node:path';
import { AppError } from '../common/app-error';
import {
  behindLinks,
  demandDirectory,
  keepAside,
  makeDirectory,
  remove,
  removeDirectory,
  textOf,
  write,
} from './engine-files';
import { digestOf, fileListOf, listedDigest, parseFileList, type BuiltPlugin } from './plugin-files';
import { checkSettings, parseOverrides, withUrl } from './plugin-overrides';
import { overridesFile, type UiPlugin } from './ui-plugins';

export interface PluginDirs {
  engineDir: string;
  configDir: string;
}

export interface InstallOptions extends PluginDirs {
  /** The service's address for the overrides; undefined leaves them alone. */
  url?: string;
  /** Replace a descriptor that is not ours; it is kept as `<name>.json.replaced`. */
  replace?: boolean;
}

/**
 * Writes the plugins where an engine reads them, readable by everyone, and removes what an earlier version had beside
 * them. Everything a person can cause is found out, for all of them, before the first file is written.
 * @returns the paths of what was written
 */
export async function installPlugins(plugins: readonly BuiltPlugin[], options: InstallOptions): Promise<string[]> {
  await demandDirectory(options.engineDir, '--engine-dir');
  if (options.url !== undefined) await demandDirectory(options.configDir, '--config-dir');
  const installations: Installation[] = [];
  for (const plugin of plugins) installations.push(await checked(plugin, options));
  const written: string[] = [];
  for (const installation of installations) written.push(...(await install(installation, options)));
  return written;
}

/** What is to be done for a plugin. */
interface Installation {
  plugin: BuiltPlugin;
  /** What an earlier version has written. */
  before: string[];
  /** Whether the descriptor that is there has to be kept. */
  isForeign: boolean;
  /** The overrides to write, if any. */
  overrides?: { path: string; text: string };
}

async function checked(plugin: BuiltPlugin, { engineDir, configDir, url, replace }: InstallOptions) {
  const path = join(configDir, overridesFile(plugin));
  const found = await textOf(path);
  const text = url === undefined ? found : withUrl(plugin, found, url, path);
  if (text !== undefined) checkSettings(plugin, parseOverrides(text, path), path);

  const before = await installedFiles(plugin, engineDir);
  const isForeign = await hasForeignDescriptor(plugin, engineDir);
  if (isForeign && replace !== true)
    throw new AppError(
      'conflict',
      `${join(engineDir, plugin.descriptor)} was not written by foreman-ovirt, or was changed since: repeat with --replace, which keeps it as ${plugin.descriptor}.replaced`,
    );
  const overrides = url !== undefined && text !== undefined ? { path, text } : undefined;
  return { plugin, before, isForeign, overrides } satisfies Installation;
}

async function install({ plugin, before, isForeign, overrides }: Installation, { engineDir }: PluginDirs) {
  const written: string[] = [];
  if (isForeign) await keepAside(join(engineDir, plugin.descriptor));
  if (overrides) {
    await write(await behindLinks(overrides.path), overrides.text);
    written.push(overrides.path);
  }
  await makeDirectory(join(engineDir, plugin.resources));
  for (const { path, content } of plugin.files) {
    await write(join(engineDir, path), content);
    written.push(join(engineDir, path));
  }
  const gone = before.filter((path) => !plugin.files.some((file) => file.path === path));
  for (const path of gone) await remove(join(engineDir, path));
  return written;
}

export interface UninstallOptions extends PluginDirs {
  /** The overrides, too. */
  purge?: boolean;
}

/** The paths of what was removed, and of what stays since it is of others. */
interface Removal {
  removed: string[];
  kept: string[];
}

/** Removes what an installation wrote, of each plugin the descriptor first; files of others stay. */
export async function uninstallPlugins(plugins: readonly UiPlugin[], options: UninstallOptions): Promise<Removal> {
  await demandDirectory(options.engineDir, '--engine-dir');
  const all: Removal = { removed: [], kept: [] };
  for (const plugin of plugins) {
    const { removed, kept } = await uninstall(plugin, options);
    all.removed.push(...removed);
    all.kept.push(...kept);
  }
  return all;
}

async function uninstall(plugin: UiPlugin, { engineDir, configDir, purge = false }: UninstallOptions) {
  const installed = await installedFiles(plugin, engineDir);
  const isForeign = installed.length > 0 && (await hasForeignDescriptor(plugin, engineDir));
  const kept = isForeign ? [join(engineDir, plugin.descriptor)] : [];
  const paths = installed.map((path) => join(engineDir, path)).reverse();
  if (purge) paths.push(join(configDir, overridesFile(plugin)));
  const removed: string[] = [];
  for (const path of paths) if (!kept.includes(path) && (await remove(path))) removed.push(path);

  const resources = join(engineDir, plugin.resources);
  if (installed.length > 0 && !(await removeDirectory(resources))) kept.push(resources);
  return { removed, kept } satisfies Removal;
}

async function installedFiles(plugin: UiPlugin, engineDir: string): Promise<string[]> {
  return parseFileList(plugin, (await textOf(join(engineDir, fileListOf(plugin)))) ?? '');
}

/** Whether there is a descriptor that we did not write, or that was changed since. */
async function hasForeignDescriptor(plugin: UiPlugin, engineDir: string): Promise<boolean> {
  const descriptor = await textOf(join(engineDir, plugin.descriptor));
  if (descriptor === undefined) return false;
  const list = (await textOf(join(engineDir, fileListOf(plugin)))) ?? '';
  return (
    !parseFileList(plugin, list).includes(plugin.descriptor) || digestOf(descriptor) !== listedDigest(plugin, list)
  );
}
