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

/** @throws AppError not_found with the option that names another one */
export async function demandDirectory(path: string, option: string): Promise<void> {
  const found = await ifThere(path, () => stat(path));
  if (found?.isDirectory() === true) return;
  throw new AppError(
    'not_found',
    `There is no directory ${path}: is this an oVirt engine's machine? Name another one with ${option}, or take "foreman-ovirt ui-plugin archive" to the engine`,
  );
}

/** A directory that everyone may read, whatever the umask. */
export function makeDirectory(path: string): Promise<void> {
  return permitted(path, async () => {
    await mkdir(path, { recursive: true });
    await chmod(path, 0o755);
  });
}

export function textOf(path: string): Promise<string | undefined> {
  return ifThere(path, () => readFile(path, 'utf8'));
}

/**
 * For everyone to read, whatever the umask; through a temporary file of the same directory: readers see the old or the new
 * one, and SELinux its usual type.
 */
export async function write(path: string, content: string | Buffer): Promise<void> {
  const temporary = join(dirname(path), `.foreman-ovirt-${process.pid}.tmp`);
  await permitted(path, async () => {
    try {
      await writeFile(temporary, content);
      await chmod(temporary, 0o644);
      await rename(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

/** Where a file is that an administrator may have put elsewhere, with a link in its place. */
export async function behindLinks(path: string): Promise<string> {
  const real = await ifThere(path, () => realpath(path));
  if (real !== undefined) return real;
  const target = await readlink(path).catch(() => undefined);
  return target === undefined ? path : resolve(dirname(path), target);
}

/** Renames the file to `<path>.replaced`, or with a number after it where that is taken: what was kept before is kept on. */
export function keepAside(path: string): Promise<void> {
  return permitted(path, async () => rename(path, await freeName(`${path}.replaced`)));
}

async function freeName(path: string, number = 1): Promise<string> {
  const name = number === 1 ? path : `${path}.${number}`;
  const isTaken = await access(name).then(
    () => true,
    () => false,
  );
  return isTaken ? freeName(path, number + 1) : name;
}

/** @returns whether there was something to remove */
export async function remove(path: string): Promise<boolean> {
  return (await ifThere(path, () => rm(path).then(() => true))) ?? false;
}

/** @returns whether the directory is gone; one with files in it stays */
export function removeDirectory(path: string): Promise<boolean> {
  return rmdir(path).then(
    () => true,
    (error: unknown) => codeOf(error) === 'ENOENT',
  );
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
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
