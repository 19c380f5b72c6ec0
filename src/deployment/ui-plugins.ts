import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../common/app-error';
import { PACKAGE_ROOT } from '../config';
import type { PluginManifest } from '../contracts/plugin-manifest';

/** Where the build puts the plugins and their list. */
export const BUILT = join(PACKAGE_ROOT, 'dist');

/** A plugin that the build has found, with the places of its files below the directory of UI plugins. */
export interface UiPlugin extends PluginManifest {
  /** Its descriptor's file name. */
  descriptor: string;
  /** The directory of its other files. */
  resources: string;
}

const UiPlugins: z.ZodType<UiPlugin[]> = z.array(
  z.object({
    ...{ name: z.string(), title: z.string(), summary: z.string(), descriptor: z.string(), resources: z.string() },
    settings: z.record(z.string(), z.enum(['address', 'text', 'choice'])),
  }),
);

/**
 * The built plugins.
 * @param names only these, where there are any
 * @throws AppError unavailable when they are not built; not_found for a name that none has
 */
export async function uiPlugins(names: readonly string[] = [], from = BUILT): Promise<UiPlugin[]> {
  const list = join(from, 'ui-plugins.json');
  const text = await readFile(list, 'utf8').catch((cause: unknown) => {
    throw notBuilt(list, cause);
  });
  const plugins = UiPlugins.parse(JSON.parse(text));
  const known = plugins.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new AppError(
      'not_found',
      `There is no UI plugin "${unknown.slice(0, 255)}": name one of ${known.join(', ')}`,
    );
  return names.length === 0 ? plugins : plugins.filter(({ name }) => names.includes(name));
}

/** The file name of an administrator's overrides, which an engine takes from the descriptor's. */
export function overridesFile({ descriptor }: Pick<UiPlugin, 'descriptor'>): string {
  return descriptor.replace(/\.json$/, '-config.json');
}

export function notBuilt(path: string, cause: unknown): AppError {
  return new AppError('unavailable', `There is no ${path}: run "npm run build"`, {}, { cause });
}
