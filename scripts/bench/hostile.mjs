import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { row } from './compare.mjs';
import { burst } from './load.mjs';

const MOST_MS = 250;
const FACTS = '/api/v2/hosts/facts';
const REPORTS = '/api/v2/config_reports';

/** What one caller does to keep everybody else waiting. */
const ATTACKS = [
  ['300 packed logins of a stranger', { path: '/users/login', maker: 'emptyObjects', amount: 300, gzip: true }],
  ['300 logins of a stranger', { path: '/users/login', maker: 'emptyObjects', amount: 300 }],
  ['8 uploads of 10 MB at once', { path: FACTS, maker: 'mostFacts', amount: 8, signedIn: true }],
  ['20,000 facts of 480 bytes', { path: FACTS, maker: 'mostFacts', amount: 1, signedIn: true }],
  ['700,000 facts', { path: FACTS, maker: 'tooManyFacts', amount: 1, signedIn: true }],
  ['20,000 log lines of 350 bytes', { path: REPORTS, maker: 'mostLines', amount: 1, signedIn: true }],
  ['75,000 log lines', { path: REPORTS, maker: 'tooManyLines', amount: 1, signedIn: true }],
  ['600,000 metrics', { path: REPORTS, maker: 'tooManyMetrics', amount: 1, signedIn: true }],
  ['10 MB of brackets', { path: FACTS, maker: 'brackets', amount: 1, signedIn: true }],
];

/** Worst waits of `/status` while one hostile caller does its worst. */
export async function hostileRows(bench) {
  const rows = [];
  for (const [name, attack] of ATTACKS) rows.push(await waitRow(bench, name, () => sent(bench, attack)));
  return [...rows, await strangeEngineRow(bench)];
}

/**
 * A row of the table: how long `/status` keeps its caller waiting at most while an attack lasts.
 *
 * @param {() => Promise<string>} attack what it came to, for the table; it must not keep this process busy (load.mjs)
 */
export async function waitRow({ service, authorization }, name, attack) {
  let isOver = false;
  const attacked = attack().finally(() => (isOver = true));
  let worst = 0;
  while (!isOver) {
    const startedAt = performance.now();
    const response = await fetch(`${service.url}/api/v2/status`, { headers: { authorization } });
    await response.arrayBuffer();
    worst = Math.max(worst, performance.now() - startedAt);
    await delay(1);
  }
  const measured = `${worst.toFixed(0)} ms (${await attacked})`;
  return row(`/status beside ${name}`, { target: `< ${MOST_MS} ms`, measured, passed: worst < MOST_MS });
}

async function sent({ service, authorization }, { path, signedIn = false, ...load }) {
  const headers = signedIn ? { authorization } : {};
  return told(await burst({ url: `${service.url}${path}`, headers, ...load }));
}

/** An engine whose every answer is 8 MB of brackets, asked when it is registered. */
async function strangeEngineRow(bench) {
  const answer = Buffer.alloc(8_000_000, '[');
  const engine = createServer((_, response) => response.setHeader('content-type', 'application/json').end(answer));
  await once(engine.listen(0, '127.0.0.1'), 'listening');
  process.env.STRANGE_ENGINE = `http://127.0.0.1:${engine.address().port}/ovirt-engine/api`;
  try {
    const attack = { path: '/api/v2/compute_resources', maker: 'strangeEngine', amount: 3, signedIn: true };
    return await waitRow(bench, 'an engine of 8 MB of brackets', () => sent(bench, attack));
  } finally {
    engine.close();
  }
}

function told(counts) {
  return Object.entries(counts)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ');
}
