import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { startPostgres } from './postgres.mjs';
import { ensureDebianPackages, ensureNodeModules, root } from './setup.mjs';

const reports = mkdtempSync(join(tmpdir(), 'foreman-ovirt-test-'));
const total = { passed: 0, failed: 0 };

/** Everything CI judges, in order of cost; a step after a failed one runs all the same. */
async function main() {
  ensureNodeModules();
  const unavailable = ensureDebianPackages();
  if (!(await step('build', () => build()))) return;
  await Promise.all([lane(['prettier --check .', 'depcruise', 'knip']), lane(['tsc', 'tsc for the browser'])]);
  await check('eslint --max-warnings 0');
  await jest('unit and plugins', ['unit', 'plugins']);
  await jest('api and db on SQLite', ['api', 'db'], { DB: 'sqlite' });
  if (unavailable.postgresql) skip('api and db on PostgreSQL', unavailable.postgresql);
  else await onPostgres();
  if (unavailable.chromium) skip('e2e', unavailable.chromium);
  else await inBrowser(unavailable.apache2 ?? unavailable.nginx);
}

/** @param {string | undefined} noProxies why there is no reverse proxy to test behind */
async function inBrowser(noProxies) {
  if (noProxies) skip('e2e behind reverse proxies', noProxies);
  await jest('e2e', ['e2e'], {}, noProxies ? ['--testPathIgnorePatterns', 'test/e2e/proxy'] : []);
}

const checks = {
  'prettier --check .': ['prettier', '--log-level', 'warn', '--check', '.'],
  depcruise: ['depcruise', '--output-type', 'err', ...folders()],
  knip: ['knip', '--no-progress'],
  tsc: ['tsc', '--noEmit'],
  'tsc for the browser': ['tsc', '--noEmit', '-p', 'tsconfig.browser.json'],
  'eslint --max-warnings 0': ['eslint', '--max-warnings', '0', '.'],
};

function folders() {
  return ['src', 'migrations', 'assets', 'ui-plugins', 'tools', 'test'].filter((name) => existsSync(join(root, name)));
}

async function lane(names) {
  for (const name of names) await check(name);
}

function check(name) {
  return step(name, () => run(checks[name]));
}

async function onPostgres() {
  const postgres = await startPostgres();
  try {
    await jest('api and db on PostgreSQL', ['api', 'db'], { DB: 'postgres', DATABASE_URL: postgres.url });
  } finally {
    await postgres.stop();
  }
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
  const outputFile = join(reports, `${projects.join('-')}-${env.DB ?? ''}.json`);
  const args = ['--passWithNoTests', '--json', '--outputFile', outputFile, ...more, '--selectProjects', ...projects];
  const failure = await run(['jest', ...args], env).then(
    () => undefined,
    (error) => error,
  );
  const counts = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : undefined;
  const passed = counts?.numPassedTests ?? 0;
  const failed = counts ? counts.numFailedTests + counts.numRuntimeErrorTestSuites : 0;
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
} finally {
  rmSync(reports, { recursive: true, force: true });
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
