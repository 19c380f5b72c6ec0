import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { row } from './bench/compare.mjs';
import { filledPostgres, filledSqlite } from './bench/filling.mjs';
import { latency } from './bench/load.mjs';
import { dashboardRows, lookupRows } from './bench/reads.mjs';
import { searchRows } from './bench/search.mjs';
import { residentMb, uploadRows } from './bench/uploads.mjs';
import { build } from './build.mjs';
import { startPostgres } from './postgres.mjs';
import { startService } from './service.mjs';
import { ensureNodeModules, root } from './setup.mjs';

const password = 'bench-admin-password';
const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
const settings = {
  PORT: process.env.PORT ?? '3999',
  ADMIN_PASSWORD: password,
  SECRET_KEY: 'bench-secret-key-of-at-least-32-characters',
  REPORT_INTERVAL_MINUTES: '1440',
  LOG_LEVEL: 'warn',
};

/** Prints one table; with --postgres on PostgreSQL, with --full the memory test over 100,000 reports. */
async function main(flags) {
  ensureNodeModules();
  await build();
  const postgres = flags.has('--postgres') ? await startPostgres({ durable: true }) : undefined;
  const yardstickProcess = fork(join(root, 'scripts/bench/yardsticks.mjs'));
  try {
    const [port] = await once(yardstickProcess, 'message');
    const yardstick = `http://127.0.0.1:${port}`;
    const databaseUrl = async (hosts) =>
      postgres ? filledPostgres(hosts, settings, postgres.url) : `sqlite:${await filledSqlite(hosts, settings)}`;
    console.log(`Filling databases of 1,000 and 100,000 hosts (${postgres ? 'PostgreSQL' : 'SQLite'}) …`);
    const urls = { small: await databaseUrl(1_000), big: await databaseUrl(100_000) };
    const small = await withService(urls.small, (bench) => dashboard(bench));
    const rows = await withService(urls.big, async (bench) =>
      measure({ ...bench, yardstick, small, full: flags.has('--full') }),
    );
    print(rows, postgres ? 'PostgreSQL' : 'SQLite');
  } finally {
    yardstickProcess.disconnect();
    await postgres?.stop();
  }
}

/** One section after the other on the big database; add a section here. */
async function measure(bench) {
  const { readyMs, pid } = bench.service;
  const ready = row('ready after start', {
    target: '≤ 2,000 ms',
    measured: `${readyMs.toFixed(0)} ms`,
    passed: readyMs <= 2_000,
  });
  const sections = [
    [ready],
    dashboardRows(bench.small, await dashboard(bench)),
    await lookupRows(bench),
    await searchRows(bench),
    await uploadRows(bench),
  ];
  const resident = residentMb(pid);
  const memory = row('resident after all', {
    target: '≤ 300 MB',
    measured: `${resident.toFixed(0)} MB`,
    passed: resident <= 300,
  });
  return [...sections.flat(), memory];
}

function dashboard({ service, cookie }) {
  return latency({ url: `${service.url}/dashboard/ovirt`, headers: { cookie }, amount: 200 });
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

function print(rows, database) {
  const [{ model }] = cpus();
  console.log(`\n${database}, Node.js ${process.version}, ${cpus().length} × ${model}\n`);
  const titles = { name: 'measure', target: 'target', measured: 'measured', yardstick: 'yardstick', verdict: '' };
  const columns = Object.keys(titles);
  const width = (column) => Math.max(...[titles, ...rows].map((each) => each[column].length));
  const widths = columns.map(width);
  for (const each of [titles, ...rows]) {
    console.log(
      columns
        .map((column, index) => each[column].padEnd(widths[index]))
        .join('  ')
        .trimEnd(),
    );
  }
}

await main(new Set(process.argv.slice(2)));
