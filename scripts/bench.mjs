// @ts-check
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { row } from './bench/compare.mjs';
import { filledPostgres, filledSqlite } from './bench/filling.mjs';
import { hostileRows } from './bench/hostile.mjs';
import { dashboard, dashboardRows, lookupRows } from './bench/reads.mjs';
import { searchRows } from './bench/search.mjs';
import { spread } from './bench/spread.mjs';
import { residentMb, uploadRows } from './bench/uploads.mjs';
import { build } from './build.mjs';
import { startPostgres } from './postgres.mjs';
import { startService } from './service.mjs';
import { ensureNativeModules, ensureNodeModules, findPostgres, root } from './setup.mjs';

const STARTS = 5;
const password = 'bench-admin-password';
const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
const settings = {
  PORT: process.env.PORT ?? '3999',
  ADMIN_PASSWORD: password,
  SECRET_KEY: 'bench-secret-key-of-at-least-32-characters',
  REPORT_INTERVAL_MINUTES: '1440',
  LOG_LEVEL: 'warn',
};

/** Prints one table: SQLite is judged, PostgreSQL stands beside it. `sqlite` or `postgres` measures that one alone. */
async function main(wanted) {
  ensureNodeModules();
  await Promise.all([ensureNativeModules(), build()]);
  const yardstickProcess = fork(join(root, 'scripts/bench/yardsticks.mjs'));
  try {
    const [port] = await once(yardstickProcess, 'message');
    const yardstick = `http://127.0.0.1:${port}`;
    const of = async (name, measure) => (wanted.length === 0 || wanted.includes(name) ? measure(yardstick) : []);
    const sqlite = await of('sqlite', onSqlite);
    const postgres = await of('postgres', onPostgres);
    print(sqlite.length > 0 ? sqlite : postgres, sqlite.length > 0 ? 'SQLite' : 'PostgreSQL', postgres);
    process.exitCode = sqlite.some(({ verdict }) => verdict === 'FAIL') ? 1 : 0;
  } finally {
    yardstickProcess.disconnect();
  }
}

function onSqlite(yardstick) {
  return rowsOf('SQLite', yardstick, async (hosts) => `sqlite:${await filledSqlite(hosts, settings)}`);
}

async function onPostgres(yardstick) {
  if (findPostgres() === undefined) {
    console.log('PostgreSQL is not installed (apt-get install postgresql), so it is not measured.');
    return [];
  }
  const postgres = await startPostgres({ durable: true });
  try {
    return await rowsOf('PostgreSQL', yardstick, (hosts) => filledPostgres(hosts, settings, postgres.url));
  } finally {
    await postgres.stop();
  }
}

async function rowsOf(database, yardstick, filled) {
  console.log(`Filling databases of 1,000 and 100,000 hosts on ${database} …`);
  const urls = { small: await filled(1_000), big: await filled(100_000) };
  console.log(`Measuring ${database} …`);
  const small = await withService(urls.small, dashboard);
  const ready = await starts(urls.big);
  return withService(urls.big, (bench) => measure({ ...bench, yardstick, small, ready }));
}

/** Milliseconds until the service answers, of several starts: a single one meets whatever else the machine does. */
async function starts(databaseUrl) {
  const times = [];
  for (let start = 0; start < STARTS; start += 1)
    times.push(await withService(databaseUrl, ({ service }) => service.readyMs));
  return spread(times);
}

/** One section after the other on the big database; add a section here. */
async function measure(bench) {
  const { median, slowest } = bench.ready;
  const ready = row('ready after start', {
    target: '≤ 2,000 ms',
    measured: `${median.toFixed(0)} ms (slowest ${slowest.toFixed(0)} ms)`,
    passed: median <= 2_000,
  });
  const sections = [
    [ready],
    dashboardRows(bench.small, await dashboard(bench)),
    await lookupRows(bench),
    await searchRows(bench),
    await uploadRows(bench),
    await hostileRows(bench),
  ];
  const resident = residentMb(bench.service.pid);
  const memory = row('resident after all', {
    target: '≤ 300 MB',
    measured: `${resident.toFixed(0)} MB`,
    passed: resident <= 300,
  });
  return [...sections.flat(), memory];
}

async function withService(databaseUrl, work) {
  const service = await startService({ ...settings, DATABASE_URL: databaseUrl });
  try {
    return await work({ service, authorization, cookie: await signIn(service.url) });
  } finally {
    await service.stop();
  }
}

/** The session cookie of the local administrator. */
async function signIn(url) {
  const form = new URLSearchParams({ 'login[login]': 'admin', 'login[password]': password });
  const response = await fetch(`${url}/users/login`, { method: 'POST', body: form, redirect: 'manual' });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  if (response.status >= 400 || cookies.length === 0)
    throw new Error(`Signing in was answered with ${response.status}.`);
  return cookies.join('; ');
}

function print(rows, judged, others) {
  const [{ model }] = cpus();
  console.log(`\nNode.js ${process.version}, ${cpus().length} × ${model}\n`);
  const titles = { name: 'measure', target: 'target', measured: judged, yardstick: 'yardstick', verdict: '' };
  const beside = judged === 'SQLite' && others.length > 0;
  const table = [beside ? { ...titles, other: 'PostgreSQL' } : titles].concat(
    rows.map((each, index) => (beside ? { ...each, other: others[index]?.measured ?? '' } : each)),
  );
  const columns = Object.keys(table[0]);
  const widths = columns.map((column) => Math.max(...table.map((each) => each[column].length)));
  for (const each of table) {
    const line = columns.map((column, index) => each[column].padEnd(widths[index])).join('  ');
    console.log(line.trimEnd());
  }
}

await main(process.argv.slice(2));
