// @ts-check
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { startPostgres } from './postgres.mjs';
import { ensureDebianPackages, ensureNativeModules, ensureNodeModules, root } from './setup.mjs';

const memory = '/dev/shm';
const MEMORY_BYTES = 2 ** 31;
/** Where the tests write; none of it need outlive them, nor reach a disk. */
const folder = mkdtempSync(join(isRoomy(memory) ? memory : tmpdir(), 'foreman-ovirt-test-'));
chmodSync(folder, 0o711); // PostgreSQL and Apache run as users of their own
process.env.TMPDIR = folder;
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const total = { passed: 0, failed: 0 };

/** Everything CI judges; a step after a failed one runs all the same. */
async function main() {
  ensureNodeModules();
  const unavailable = ensureDebianPackages();
  const built = step('build', () => Promise.all([ensureNativeModules(), build()]));
  const ready = (work) => async () => (await built) && work();
  await sideBySide(availableParallelism() + 1, [
    () => built,
    ...Object.keys(checks).map((name) => () => check(name)),
    ready(() => onPostgres(unavailable.postgresql)),
    ready(() => inBrowser(unavailable.chromium, unavailable.apache2 ?? unavailable.nginx)),
    ready(() => jest('service on SQLite', ['service'], { DB: 'sqlite' })),
    ready(() => jest('unit and plugins', ['unit', 'plugins'])),
  ]);
}

function isRoomy(path) {
  if (!existsSync(path)) return false;
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize >= MEMORY_BYTES;
}

/** Runs so many of the tasks at a time, which keeps the processor busy though most wait now and then. */
async function sideBySide(count, tasks) {
  const queue = tasks.values();
  const lane = async () => {
    for (const task of queue) await task();
  };
  await Promise.all(Array.from({ length: count }, lane));
}

/** What needs no build, the longest first. */
const checks = {
  'eslint --max-warnings 0': ['eslint', '--max-warnings', '0', '.'],
  tsc: ['tsc', '--noEmit'],
  'prettier --check .': ['prettier', '--log-level', 'warn', '--check', '.'],
  'tsc for the browser': ['tsc', '--noEmit', '-p', 'tsconfig.browser.json'],
  'tsc for scripts': ['tsc', '-p', 'tsconfig.scripts.json'],
  depcruise: ['depcruise', '--output-type', 'err', ...folders()],
  knip: ['knip', '--no-progress'],
};

function folders() {
  return ['src', 'migrations', 'assets', 'ui-plugins', 'tools', 'test'].filter((name) => existsSync(join(root, name)));
}

function check(name) {
  return step(name, () => run(checks[name]));
}

/** @param {string | undefined} unavailable why there is no PostgreSQL */
async function onPostgres(unavailable) {
  if (unavailable) return skip('service on PostgreSQL', unavailable);
  const postgres = await startPostgres();
  try {
    await jest('service on PostgreSQL', ['service'], { DB: 'postgres', DATABASE_URL: postgres.url });
  } finally {
    await postgres.stop();
  }
}

/**
 * @param {string | undefined} unavailable why there is no browser
 * @param {string | undefined} noProxies why there is no reverse proxy to test behind
 */
async function inBrowser(unavailable, noProxies) {
  if (unavailable) return skip('e2e', unavailable);
  if (noProxies) skip('e2e behind reverse proxies', noProxies);
  await jest('e2e', ['e2e'], {}, noProxies ? ['--testPathIgnorePatterns', 'test/e2e/proxy'] : []);
}

/** Runs a step that counts as one test, and says how it went. */
async function step(name, work) {
  const startedAt = performance.now();
  try {
    await work();
    say(name, startedAt, 'passed');
    total.passed += 1;
    return true;
  } catch (error) {
    say(name, startedAt, 'FAILED');
    console.log(error.message);
    total.failed += 1;
    return false;
  }
}

/** Runs Jest's projects; each of their tests counts, and a test file that cannot run counts as one failed test. */
async function jest(name, projects, env = {}, more = []) {
  const startedAt = performance.now();
  const outputFile = join(folder, `${projects.join('-')}-${env.DB ?? ''}.json`);
  const args = [
    '--passWithNoTests',
    '--runInBand',
    '--json',
    '--outputFile',
    outputFile,
    ...more,
    '--selectProjects',
    ...projects,
  ];
  const failure = await run(['jest', ...args], env).then(
    () => undefined,
    (error) => error,
  );
  const counts = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : undefined;
  const passed = counts?.numPassedTests ?? 0;
  const failed = counts ? counts.numFailedTests + counts.numRuntimeErrorTestSuites + (passed === 0 ? 1 : 0) : 0;
  const skipped = counts?.numPendingTests ? `, ${counts.numPendingTests} skipped` : '';
  say(name, startedAt, `${passed} passed, ${failed} failed${skipped}`);
  if (failure) console.log(failure.message);
  total.passed += passed;
  total.failed += failure ? Math.max(1, failed) : failed;
}

function say(name, startedAt, result) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${name.padEnd(28)} ${seconds.padStart(6)} s  ${result}`);
}

function skip(name, reason) {
  console.log(`${name.padEnd(28)}           skipped: ${reason}`);
}

/** Runs a program of node_modules; a failure's message is what it said. */
async function run([program, ...args], env = {}) {
  const child = spawn(join(root, 'node_modules/.bin', program), args, {
    cwd: root,
    env: { ...process.env, CI: 'true', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [];
  if (program !== 'jest') child.stdout.on('data', (chunk) => said.push(chunk));
  else child.stdout.resume();
  child.stderr.on('data', (chunk) => said.push(chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${Buffer.concat(said)}\n${program} ended with ${code}.`);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
try {
  await main();
} catch (error) {
  console.log(error.message);
  total.failed += 1;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
