import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { writeFile } from 'node:fs/promises';
import { AppError } from '../common/app-error';
import {
  CONFIG_DIR,
  ENGINE_DIR,
  builtPlugins,
  installPlugins,
  pluginArchive,
  uiPlugins,
  uninstallPlugins,
} from '../deployment';

const names = () => new Argument('[name...]', 'only these plugins, such as foreman; without a name all of them');
const engineDir = () => new Option('--engine-dir <directory>', 'where the engine reads UI plugins').default(ENGINE_DIR);
const configDir = () => new Option('--config-dir <directory>', 'where it reads their settings').default(CONFIG_DIR);

/** `foreman-ovirt ui-plugin install|uninstall|archive [name...]` */
export function uiPluginCommand(): Command {
  return new Command('ui-plugin')
    .description('put UI plugins where an oVirt engine reads them')
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
    .description('install or update them on this machine; your settings in <name>-config.json are kept')
    .addArgument(names())
    .addOption(engineDir())
    .addOption(configDir())
    .option('--url <url>', 'the service as browsers see it; sets this one key in <name>-config.json', serviceUrl)
    .option('--replace', 'replace a <name>.json that is not ours; it is kept as <name>.json.replaced')
    .action(async (plugins: string[], options: Dirs & { url?: string; replace?: boolean }) => {
      const written = await installPlugins(await builtPlugins(plugins), options);
      say([...written.map((path) => `wrote ${path}`), 'Reload webadmin in the browser; the engine needs no restart.']);
    });
}

function uninstallCommand(): Command {
  return new Command('uninstall')
    .description('remove what install wrote')
    .addArgument(names())
    .addOption(engineDir())
    .addOption(configDir())
    .option('--purge', 'remove the settings in <name>-config.json, too')
    .action(async (plugins: string[], options: Dirs & { purge?: boolean }) => {
      const { removed, kept } = await uninstallPlugins(await uiPlugins(plugins), options);
      say(removed.map((path) => `removed ${path}`));
      if (removed.length === 0) say([`Nothing of the plugins is in ${options.engineDir}.`]);
      say(kept.map((path) => `${path} stays: it is not ours, or holds files that are not.`));
    });
}

function archiveCommand(): Command {
  return new Command('archive')
    .description("write them as a tar, to be unpacked at / of the engine's machine")
    .addArgument(names())
    .addOption(engineDir())
    .option('-o, --output <file>', 'the tar; "-" for standard output', 'foreman-ui-plugin.tar')
    .action(async (plugins: string[], options: { engineDir: string; output: string }) => {
      const tar = await pluginArchive(await builtPlugins(plugins), new Date(), options.engineDir);
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
