import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PluginDefinition } from './page-data';

const nonBlank = z.string().regex(/\S/);
const Descriptor = z.object({
  name: nonBlank,
  url: nonBlank,
  config: z.record(z.string(), z.unknown()).optional(),
  resourcePath: nonBlank.optional(),
  lazyLoad: z.boolean().default(true),
});
const UserConfig = z.object({
  config: z.record(z.string(), z.unknown()).default({}),
  enabled: z.boolean().default(true),
  order: z.int().default(Number.MAX_SAFE_INTEGER),
});

/** A plugin as found on disk: what its page data say, and the directory of its static files. */
export interface InstalledPlugin {
  definition: PluginDefinition;
  resources?: string;
}

/**
 * The plugins of the descriptor directories, read anew at each call, in their configured order. Like an engine it drops
 * a plugin whose descriptor or user configuration is broken, with a warning (oVirt: PluginDataManager.java).
 * @param userConfigDir holds the administrator's `<descriptor>-config.json` files
 */
export async function readPlugins(
  pluginDirs: string[],
  userConfigDir: string | undefined,
  warn: (text: string) => void,
): Promise<InstalledPlugin[]> {
  const found: (InstalledPlugin & { order: number })[] = [];
  for (const dir of pluginDirs) {
    const files = (await readdir(dir)).filter((file) => file.endsWith('.json'));
    for (const file of files.sort()) {
      try {
        found.push(await readPlugin(dir, file, userConfigDir));
      } catch (error) {
        warn(`UI plugin ${join(dir, file)} left out: ${String(error)}`);
      }
    }
  }
  return found.sort((a, b) => a.order - b.order);
}

async function readPlugin(dir: string, file: string, userConfigDir: string | undefined) {
  const descriptor = Descriptor.parse(parseWithComments(await readFile(join(dir, file), 'utf8')));
  const userFile = userConfigDir && join(userConfigDir, file.replace(/\.json$/, '-config.json'));
  const user = UserConfig.parse(userFile ? await readUserConfig(userFile) : {});
  const { name, url, lazyLoad, resourcePath } = descriptor;
  const config = { ...descriptor.config, ...user.config };
  return {
    definition: { name, url, lazyLoad, enabled: user.enabled, config: Object.keys(config).length > 0 ? config : null },
    resources: resourcePath && join(dir, resourcePath),
    order: user.order,
  };
}

async function readUserConfig(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return parseWithComments(text);
}

/** JSON as Jackson reads it with ALLOW_COMMENTS: comments and nothing else beside the standard. */
export function parseWithComments(text: string): unknown {
  const stringsAndComments = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return JSON.parse(text.replace(stringsAndComments, (part) => (part.startsWith('"') ? part : ' ')));
}
