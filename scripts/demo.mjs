import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from './build.mjs';
import { startService } from './service.mjs';
import { ensureNodeModules, root } from './setup.mjs';

const require = createRequire(import.meta.url);
const folder = join(root, '.demo');
const password = process.env.ADMIN_PASSWORD ?? 'demo-admin-password';
const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
const liveEveryMs = 20_000;
const connections = 8;

/** Sets up, starts the service on its own database, fills it through the upload API and keeps its hosts reporting. */
async function main(stopped) {
  ensureNodeModules();
  await build();
  mkdirSync(folder, { recursive: true });
  const service = await startService({
    DATABASE_URL: `sqlite:${join(folder, 'foreman-ovirt.sqlite')}`,
    ADMIN_PASSWORD: password,
    REPORT_INTERVAL_MINUTES: '30,ansible=1440',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    LOG_FORMAT: process.env.LOG_FORMAT ?? 'pretty',
  });
  const crashed = service.exited.then((code) => {
    if (!stopped.aborted) throw new Error(`The service ended with ${code}; its message stands above.`);
  });
  try {
    welcome(service.url);
    await Promise.race([crashed, keepFilled(service.url, stopped)]);
  } finally {
    await service.stop();
  }
}

function welcome(url) {
  console.log(`
  Foreman for oVirt runs.

    Sign in      ${url}/users/login
                 as admin with the password ${password}
    Dashboard    ${url}/dashboard/ovirt
    Hosts        ${url}/hosts
    One host     ${url}/hosts/web01.prod.example.com/ovirt

  Ctrl-C stops it. The data stay in .demo/ for the next start; delete that directory to begin anew.
`);
}

/** Brings the history up to now, then lets the hosts report as their time comes, until stopped. */
async function keepFilled(url, stopped) {
  const { demoUploads } = require('../dist/scripts/seed');
  const stateFile = join(folder, 'filled-until');
  for (let first = true; !stopped.aborted; first = false) {
    const since = existsSync(stateFile) ? new Date(readFileSync(stateFile, 'utf8')) : undefined;
    const now = new Date();
    const startedAt = performance.now();
    const count = await send(url, demoUploads(now, since), stopped);
    if (stopped.aborted) return;
    writeFileSync(stateFile, now.toISOString());
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    if (first) console.log(`  ${count} uploads in ${seconds} s; the hosts keep reporting while this runs.`);
    await delay(liveEveryMs, undefined, { signal: stopped }).catch(() => {});
  }
}

/** Sends the uploads over a few connections at once and counts them; one that was stored before is no fault. */
async function send(url, uploads, stopped) {
  let count = 0;
  const worker = async () => {
    for (const { method, path, body } of uploads) {
      if (stopped.aborted) return;
      const headers = { authorization, 'content-type': 'application/json' };
      const response = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) });
      const answer = await response.text();
      if (!response.ok && !answer.includes('has already been taken')) {
        throw new Error(`${method} ${path} was answered with ${response.status}: ${answer}`);
      }
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return count;
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopping.abort());
try {
  await main(stopping.signal);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
