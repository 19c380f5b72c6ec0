import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../common/app-error';
import { PACKAGE_ROOT } from '../config';

/** Where an engine reads UI plugins and their settings (oVirt: PluginDataManager.java, ENGINE_USR and ENGINE_ETC). */
export const ENGINE_DIR = '/usr/share/ovirt-engine/ui-plugins';
export const CONFIG_DIR = '/etc/ovirt-engine/ui-plugins';

export const DESCRIPTOR = 'foreman.json';
export const RESOURCES = 'foreman-files';
/** The administrator's overrides; named after the descriptor. */
export const OVERRIDES = 'foreman-config.json';
/** Names what belongs to the plugin, one path a line, so that an update or removal takes nothing else. */
export const FILE_LIST = `${RESOURCES}/installed-files.txt`;

/** Stands before the digest of our descriptor in FILE_LIST: a descriptor of others may have taken its place. */
const DIGEST = '# sha256 of foreman.json: ';

/** A file of the plugin, by its path below the directory of UI plugins. */
export interface PluginFile {
  path: string;
  content: Buffer;
}

/**
 * The built plugin as an engine expects it, the descriptor last: an engine that reads while they are written never
 * sees a descriptor without its files.
 * @throws AppError unavailable when it is not built
 */
export async function readPluginFiles(from = join(PACKAGE_ROOT, 'dist', 'ui-plugins')): Promise<PluginFile[]> {
  try {
    const names = (await readdir(join(from, RESOURCES))).sort().map((name) => `${RESOURCES}/${name}`);
    const paths = [...names, DESCRIPTOR];
    const files = await Promise.all(paths.map(async (path) => ({ path, content: await readFile(join(from, path)) })));
    const list = [FILE_LIST, ...names, DESCRIPTOR].map((path) => `${path}\n`).join('');
    const descriptor = files.find(({ path }) => path === DESCRIPTOR)?.content ?? '';
    return [{ path: FILE_LIST, content: Buffer.from(`${list}${DIGEST}${digestOf(descriptor)}\n`) }, ...files];
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `The UI plugin is not built (looked in ${from}): run "npm run build"`,
      {},
      { cause },
    );
  }
}

export const digestOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** The digest that a FILE_LIST gives of our descriptor. */
export function listedDigest(text: string): string | undefined {
  return text
    .split('\n')
    .find((line) => line.startsWith(DIGEST))
    ?.slice(DIGEST.length);
}

/** Reads a FILE_LIST; lines that are no path of the plugin count for nothing. */
export function parseFileList(text: string): string[] {
  return text.split('\n').filter((path) => path === DESCRIPTOR || /^foreman-files\/[\w-][\w.-]*$/.test(path));
}
