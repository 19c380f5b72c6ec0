import {
  access,
  chmod,
  mkdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../common/app-error';
import {
  DESCRIPTOR,
  FILE_LIST,
  OVERRIDES,
  RESOURCES,
  digestOf,
  listedDigest,
  parseFileList,
  type PluginFile,
} from './plugin-files';

import { checkSettings, parseOverrides, withUrl } from './plugin-overrides';

export interface PluginDirs {
  engineDir: string;
  configDir: string;
}

export interface InstallOptions extends PluginDirs {
  /** The service's address for the overrides; undefined leaves them alone. */
  url?: string;
  /** Replace a foreman.json that is not ours; it is kept as `foreman.json.replaced`. */
  replace?: boolean;
}

/**
 * Writes the plugin where an engine reads it, readable by everyone, and removes what an earlier version had beside it.
 * Everything a person can cause is found out before the first file is written.
 * @returns the paths of what was written
 */
export async function installPlugin(files: readonly PluginFile[], options: InstallOptions): Promise<string[]> {
  const { engineDir, configDir, url, replace = false } = options;
  await demandDirectory(engineDir, '--engine-dir');
  const overridesFile = join(configDir, OVERRIDES);
  const overrides = await textOf(overridesFile);
  const text = url === undefined ? overrides : withUrl(overrides, url, overridesFile);
  if (text !== undefined) checkSettings(parseOverrides(text, overridesFile), overridesFile);
  if (url !== undefined) await demandDirectory(configDir, '--config-dir');
  const before = await installedFiles(engineDir);
  await keepForeign(engineDir, replace);

  const written: string[] = [];
  if (url !== undefined && text !== undefined) {
    await write(await behindLinks(overridesFile), text);
    written.push(overridesFile);
  }
  await makeResources(join(engineDir, RESOURCES));
  for (const { path, content } of files) {
    await write(join(engineDir, path), content);
    written.push(join(engineDir, path));
  }
  const gone = before.filter((path) => !files.some((file) => file.path === path));
  for (const path of gone) await remove(join(engineDir, path));
  return written;
}

export interface UninstallOptions extends PluginDirs {
  /** The overrides, too. */
  purge?: boolean;
}

/**
 * Removes what an installation wrote, the descriptor first; files of others stay.
 * @returns what was removed, and what stays since it is of others
 */
export async function uninstallPlugin(options: UninstallOptions): Promise<{ removed: string[]; kept: string[] }> {
  const { engineDir, configDir, purge = false } = options;
  await demandDirectory(engineDir, '--engine-dir');
  const installed = await installedFiles(engineDir);
  const descriptor = join(engineDir, DESCRIPTOR);
  const kept = installed.length > 0 && (await isForeign(engineDir)) ? [descriptor] : [];
  const paths = installed.map((path) => join(engineDir, path)).reverse();
  if (purge) paths.push(join(configDir, OVERRIDES));
  const removed: string[] = [];
  for (const path of paths) if (!kept.includes(path) && (await remove(path))) removed.push(path);
  if (installed.length === 0) return { removed, kept };
  const resources = join(engineDir, RESOURCES);
  const isGone = await rmdir(resources).then(
    () => true,
    (error: unknown) => codeOf(error) === 'ENOENT',
  );
  return { removed, kept: isGone ? kept : [...kept, resources] };
}

function makeResources(path: string): Promise<void> {
  return permitted(path, async () => {
    await mkdir(path, { recursive: true });
    await chmod(path, 0o755); // whatever the umask
  });
}

async function installedFiles(engineDir: string): Promise<string[]> {
  return parseFileList((await textOf(join(engineDir, FILE_LIST))) ?? '');
}

/** Whether there is a descriptor that we did not write, or that was changed since. */
async function isForeign(engineDir: string): Promise<boolean> {
  const descriptor = await textOf(join(engineDir, DESCRIPTOR));
  if (descriptor === undefined) return false;
  const list = (await textOf(join(engineDir, FILE_LIST))) ?? '';
  return !parseFileList(list).includes(DESCRIPTOR) || digestOf(descriptor) !== listedDigest(list);
}

async function keepForeign(engineDir: string, replace: boolean): Promise<void> {
  if (!(await isForeign(engineDir))) return;
  const descriptor = join(engineDir, DESCRIPTOR);
  if (!replace)
    throw new AppError(
      'conflict',
      `${descriptor} was not written by foreman-ovirt, or was changed since: repeat with --replace, which keeps it as ${DESCRIPTOR}.replaced`,
    );
  await permitted(descriptor, async () => rename(descriptor, await freeName(`${descriptor}.replaced`)));
}

/** The path, or with a number after it where that is taken: what was kept before is kept on. */
async function freeName(path: string, number = 1): Promise<string> {
  const name = number === 1 ? path : `${path}.${number}`;
  const isTaken = await access(name).then(
    () => true,
    () => false,
  );
  return isTaken ? freeName(path, number + 1) : name;
}

/** Where a file is that an administrator may have put elsewhere, with a link in its place. */
async function behindLinks(path: string): Promise<string> {
  const real = await ifThere(path, () => realpath(path));
  if (real !== undefined) return real;
  const target = await readlink(path).catch(() => undefined);
  return target === undefined ? path : resolve(dirname(path), target);
}

async function demandDirectory(path: string, option: string): Promise<void> {
  const found = await ifThere(path, () => stat(path));
  if (found?.isDirectory() === true) return;
  throw new AppError(
    'not_found',
    `There is no directory ${path}: is this an oVirt engine's machine? Name another one with ${option}, or take "foreman-ovirt ui-plugin archive" to the engine`,
  );
}

function textOf(path: string): Promise<string | undefined> {
  return ifThere(path, () => readFile(path, 'utf8'));
}

/** Through a temporary file of the same directory: readers see the old or the new one, and SELinux its usual type. */
async function write(path: string, content: string | Buffer): Promise<void> {
  const temporary = join(dirname(path), `.foreman-ovirt-${process.pid}.tmp`);
  await permitted(path, async () => {
    try {
      await writeFile(temporary, content);
      await chmod(temporary, 0o644); // whatever the umask
      await rename(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

/** @returns whether there was something to remove */
async function remove(path: string): Promise<boolean> {
  return (await ifThere(path, () => rm(path).then(() => true))) ?? false;
}

async function ifThere<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await permitted(path, work);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function permitted<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'EROFS') throw noPermission(path, 'its file system is read-only', cause);
    if (code === 'ENOTDIR' || code === 'EEXIST')
      throw new AppError('conflict', `${path}: a file is where a directory belongs; move it away`, {}, { cause });
    if (code === 'EACCES' || code === 'EPERM') throw noPermission(path, 'run this command as root', cause);
    throw cause;
  }
}

function noPermission(path: string, remedy: string, cause: unknown): AppError {
  return new AppError('forbidden', `No permission for ${path}: ${remedy}`, {}, { cause });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
