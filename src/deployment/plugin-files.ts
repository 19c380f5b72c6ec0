import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BUILT, notBuilt, uiPlugins, type UiPlugin } from './ui-plugins';

/** Where an engine reads UI plugins and their settings (oVirt: PluginDataManager.java, ENGINE_USR and ENGINE_ETC). */
export const ENGINE_DIR = '/usr/share/ovirt-engine/ui-plugins';
export const CONFIG_DIR = '/etc/ovirt-engine/ui-plugins';

/** A file of a plugin, by its path below the directory of UI plugins. */
export interface PluginFile {
  path: string;
  content: Buffer;
}

export interface BuiltPlugin extends UiPlugin {
  /**
   * The descriptor last: an engine that reads while they are written never sees a descriptor without its files.
   */
  files: readonly PluginFile[];
}

/**
 * The built plugins as an engine expects them.
 * @param names only these, where there are any
 * @throws AppError unavailable when they are not built; not_found for a name that none has
 */
export async function builtPlugins(names?: readonly string[], from = BUILT): Promise<BuiltPlugin[]> {
  const plugins = await uiPlugins(names, from);
  const dir = join(from, 'ui-plugins');
  return Promise.all(plugins.map(async (plugin) => ({ ...plugin, files: await readFiles(plugin, dir) })));
}

async function readFiles(plugin: UiPlugin, dir: string): Promise<PluginFile[]> {
  const { resources, descriptor } = plugin;
  try {
    const names = (await readdir(join(dir, resources))).sort().map((name) => `${resources}/${name}`);
    const paths = [...names, descriptor];
    const files = await Promise.all(paths.map(async (path) => ({ path, content: await readFile(join(dir, path)) })));
    const list = [fileListOf(plugin), ...paths].map((path) => `${path}\n`).join('');
    const digest = digestOf(files.at(-1)?.content ?? '');
    return [{ path: fileListOf(plugin), content: Buffer.from(`${list}${digestMark(plugin)}${digest}\n`) }, ...files];
  } catch (cause) {
    throw notBuilt(join(dir, resources), cause);
  }
}

/** Names what belongs to the plugin, one path a line, so that an update or removal takes nothing else. */
export function fileListOf({ resources }: UiPlugin): string {
  return `${resources}/installed-files.txt`;
}

/** Stands before the digest of our descriptor in the file list: a descriptor of others may have taken its place. */
function digestMark({ descriptor }: UiPlugin): string {
  return `# sha256 of ${descriptor}: `;
}

export const digestOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** The digest that a file list gives of our descriptor. */
export function listedDigest(plugin: UiPlugin, list: string): string | undefined {
  const mark = digestMark(plugin);
  return list
    .split('\n')
    .find((line) => line.startsWith(mark))
    ?.slice(mark.length);
}

/** Reads a file list; lines that are no path of the plugin count for nothing. */
export function parseFileList({ descriptor, resources }: UiPlugin, list: string): string[] {
  const isResource = (path: string): boolean =>
    path.startsWith(`${resources}/`) && /^[\w-][\w.-]*$/.test(path.slice(resources.length + 1));
  return list.split('\n').filter((path) => path === descriptor || isResource(path));
}
