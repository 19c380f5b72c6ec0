// @ts-check
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSbom } from './build-sbom.mjs';
import { root } from './setup.mjs';

const inputs = [
  'src',
  'migrations',
  'tools',
  'scripts',
  'views',
  'assets',
  'ui-plugins',
  'nest-cli.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'tsconfig.tools.json',
];
const stamp = join(root, 'dist/.inputs');

/**
 * Builds the product into `dist/`: the service, the pages' browser code, the UI plugins and the SBOM; and into `dist-tools/`
 * what develops and tests it: engine simulator, webadmin stand-in, the demo's data. Does nothing when the sources are those
 * of the last finished build.
 *
 * @param {{ force?: boolean }} options
 * @returns {Promise<boolean>} whether anything was built
 */
export async function build({ force = false } = {}) {
  const hash = hashOf(inputs);
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  for (const folder of ['dist', 'dist-tools']) rmSync(join(root, folder), { recursive: true, force: true });
  await Promise.all([compile('nest', 'build'), compile('tsc', '-p', 'tsconfig.tools.json')]);
  // loaded late: they need esbuild, which a fresh machine does not have yet
  const [pages, plugins, standIn] = await Promise.all([
    import('./build-browser.mjs'),
    import('./build-ui-plugins.mjs'),
    import('./build-webadmin-stand-in.mjs'),
  ]);
  await Promise.all([pages.buildBrowser(), plugins.buildUiPlugins(), standIn.buildWebadminStandIn(), buildSbom()]);
  chmodSync(join(root, 'dist/src/cli/foreman-ovirt.js'), 0o755);
  writeFileSync(stamp, hash);
  return true;
}

async function compile(program, ...args) {
  const [code] = await once(
    spawn(join(root, 'node_modules/.bin', program), args, { cwd: root, stdio: 'inherit' }),
    'close',
  );
  if (code !== 0) throw new Error('The sources do not compile; the compiler’s messages stand above.');
}

function hashOf(names) {
  const hash = createHash('sha256');
  for (const file of names.flatMap((name) => filesUnder(join(root, name)))) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const built = await build({ force: process.argv.includes('--force') });
    console.log(
      built ? 'Built into dist/ and dist-tools/.' : 'dist/ is up to date (npm run build -- --force builds anyway).',
    );
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
