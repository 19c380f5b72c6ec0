// @ts-check
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const root = dirname(import.meta.dirname);

/** What the tests use of Debian, and how to see that it is there. */
const debianPackages = [
  { name: 'chromium', purpose: 'browser tests', path: findChromium },
  { name: 'apache2', purpose: 'tests behind Apache httpd', path: () => found('/usr/sbin/apache2') },
  { name: 'nginx', purpose: 'tests behind nginx', path: () => found('/usr/sbin/nginx') },
  { name: 'postgresql', purpose: 'tests on PostgreSQL', path: findPostgres },
];

/** The directory of PostgreSQL's own programs (`initdb`, `postgres`), newest version first; undefined without any. */
export function findPostgres() {
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return undefined;
  return readdirSync(versions)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(versions, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

function found(path) {
  return existsSync(path) ? path : undefined;
}

function findChromium() {
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
}

/**
 * Installs the npm packages when what is installed differs from the lock file. npm keeps its own record of the
 * tree it last finished, so an interrupted installation is seen too. What has to be compiled is left to
 * `ensureNativeModules`.
 */
export function ensureNodeModules() {
  if (installedAsLocked()) return;
  console.log('Installing npm packages …');
  // unlike `ci`, `install` leaves alone what has not changed: above all what was compiled
  const command = existsSync(join(root, 'node_modules')) ? ['install', '--no-save'] : ['ci'];
  const { status } = spawnSync('npm', [...command, '--ignore-scripts', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`npm ${command[0]} failed; its message stands above.`);
}

/** Compiles SQLite's driver, a minute's work, where it does not load: after an installation, or on another Node.js. */
export async function ensureNativeModules() {
  if (await succeeds(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:')"])) return;
  const headers = join(dirname(dirname(process.execPath)), 'include/node/node_version.h');
  const env = existsSync(headers)
    ? { npm_config_nodedir: dirname(dirname(process.execPath)), ...process.env }
    : process.env;
  const command = ['rebuild', 'better-sqlite3', '--loglevel=error'];
  if (!(await succeeds('npm', command, { stdio: 'inherit', env }))) {
    throw new Error('npm rebuild better-sqlite3 failed; its message stands above.');
  }
}

/** Whether a program ends well. */
async function succeeds(program, args, options = {}) {
  const [code] = await once(spawn(program, args, { cwd: root, stdio: 'ignore', ...options }), 'close');
  return code === 0;
}

function installedAsLocked() {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked)
    .filter(([path, { optional }]) => path !== '' && !(optional && !installed[path]))
    .every(([path, { version }]) => installed[path]?.version === version);
}

/**
 * Installs what the tests need from Debian's packages, as root or through sudo without a password.
 *
 * @returns {Record<string, string>} package name to the reason, for each that could not be installed
 */
export function ensureDebianPackages() {
  const missing = debianPackages.filter(({ path }) => !path());
  if (missing.length === 0) return {};
  const names = missing.map(({ name }) => name);
  console.log(`Installing Debian packages: ${names.join(', ')} …`);
  const failure = aptInstall(names);
  const absent = missing.filter(({ path }) => !path());
  for (const { name, purpose } of absent) {
    console.log(`Debian package ${name} cannot be installed (${failure}); ${purpose} are skipped.`);
  }
  return Object.fromEntries(absent.map(({ name }) => [name, failure]));
}

/** The first line of what went wrong, or an empty text. */
function aptInstall(names) {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const env = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  try {
    for (const command of [['update'], ['install', '--yes', '--no-install-recommends', ...names]]) {
      const [program, ...args] = [...asRoot, ...env, 'apt-get', '-qq', ...command];
      execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    }
    return '';
  } catch (error) {
    const said = String(error.stderr ?? '').trim() || error.message;
    return said.split('\n')[0];
  }
}
