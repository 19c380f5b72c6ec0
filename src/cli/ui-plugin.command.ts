import { Command, InvalidArgumentError, Option } from 'commander';
import { writeFile } from 'node:fs/promises';
import { AppError } from '../common/app-error';
import {
  CONFIG_DIR,
  ENGINE_DIR,
  OVERRIDES,
  installPlugin,
  pluginArchive,
  readPluginFiles,
  uninstallPlugin,
} from '../deployment';

const engineDir = () => new Option('--engine-dir <directory>', 'where the engine reads UI plugins').default(ENGINE_DIR);
const configDir = () => new Option('--config-dir <directory>', 'where it reads their settings').default(CONFIG_DIR);

/** `foreman-ovirt ui-plugin install|uninstall|archive` */
export function uiPluginCommand(): Command {
  return new Command('ui-plugin')
    .description('put the UI plugin where an oVirt engine reads it')
    .addCommand(installCommand())
    .addCommand(uninstallCommand())
    .addCommand(archiveCommand());
}

interface Dirs {
  engineDir: string;
  configDir: string;
}

function installCommand(): Command {
  return new Command('install')
    .description(`install or update it on this machine; your settings in ${OVERRIDES} are kept`)
    .addOption(engineDir())
    .addOption(configDir())
    .option('--url <url>', `the service as browsers see it; sets this one key in ${OVERRIDES}`, serviceUrl)
    .option('--replace', 'replace a foreman.json that is not ours; it is kept as foreman.json.replaced')
    .action(async (options: Dirs & { url?: string; replace?: boolean }) => {
      const written = await installPlugin(await readPluginFiles(), options);
      say([...written.map((path) => `wrote ${path}`), 'Reload webadmin in the browser; the engine needs no restart.']);
    });
}

function uninstallCommand(): Command {
  return new Command('uninstall')
    .description('remove what install wrote')
    .addOption(engineDir())
    .addOption(configDir())
    .option('--purge', `remove the settings in ${OVERRIDES}, too`)
    .action(async (options: Dirs & { purge?: boolean }) => {
      const { removed, kept } = await uninstallPlugin(options);
      say(removed.map((path) => `removed ${path}`));
      if (removed.length === 0) say([`Nothing of the plugin is in ${options.engineDir}.`]);
      say(kept.map((path) => `${path} stays: it is not the plugin's, or holds files that are not.`));
    });
}

function archiveCommand(): Command {
  return new Command('archive')
    .description("write it as a tar, to be unpacked at / of the engine's machine")
    .addOption(engineDir())
    .option('-o, --output <file>', 'the tar; "-" for standard output', 'foreman-ui-plugin.tar')
    .action(async (options: { engineDir: string; output: string }) => {
      const tar = await pluginArchive(await readPluginFiles(), new Date(), options.engineDir);
      if (options.output === '-') return void process.stdout.write(tar);
      await writeArchive(options.output, tar);
      say([`wrote ${options.output}; on the engine's machine: tar -xf ${options.output} -C /`]);
    });
}

async function writeArchive(file: string, tar: Buffer): Promise<void> {
  try {
    await writeFile(file, tar);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    throw new AppError('forbidden', `Cannot write ${file} (${reason}): name another file with --output`, {}, { cause });
  }
}

function serviceUrl(text: string): string {
  const url = URL.parse(text, 'http://engine.invalid');
  const isPath = text.startsWith('/') && !text.startsWith('//');
  if (url === null || !(isPath || /^https?:\/\//.test(text)) || url.search !== '' || url.hash !== '')
    throw new InvalidArgumentError('expected an address such as https://foreman.example.com/foreman, or a path.');
  return text.replace(/\/+$/, '') || '/';
}

function say(lines: string[]): void {
  for (const line of lines) console.log(line);
}
