// @ts-check
import { createServer } from 'node:http';
import { once } from 'node:events';
import { burst } from './load.mjs';
import { waitRow } from './wait.mjs';

const FACTS = '/api/v2/hosts/facts';
const REPORTS = '/api/v2/config_reports';

/** Every fact's value is looked at, for as long as a search may take. */
const SLOW_SEARCH = `/api/v2/fact_values?search=${encodeURIComponent('value ~ "*a*e*i*o*u*z" and value !~ "*ä*é*"')}`;

/**
 * What one caller does to keep everybody else waiting.
 *
 * @typedef {{ path: string, amount: number, maker?: string, gzip?: boolean, signedIn?: boolean }} Attack
 * @type {[string, Attack][]}
 */
const ATTACKS = [
  ['300 packed logins of a stranger', { path: '/users/login', maker: 'emptyObjects', amount: 300, gzip: true }],
  ['300 logins of a stranger', { path: '/users/login', maker: 'emptyObjects', amount: 300 }],
  ['8 uploads of 10 MB at once', { path: FACTS, maker: 'mostFacts', amount: 8, signedIn: true }],
  ['20,000 facts of 480 bytes', { path: FACTS, maker: 'mostFacts', amount: 1, signedIn: true }],
  ['700,000 facts', { path: FACTS, maker: 'tooManyFacts', amount: 1, signedIn: true }],
  ['20,000 log lines of 350 bytes', { path: REPORTS, maker: 'mostLines', amount: 1, signedIn: true }],
  ['75,000 log lines', { path: REPORTS, maker: 'tooManyLines', amount: 1, signedIn: true }],
  ['600,000 metrics', { path: REPORTS, maker: 'tooManyMetrics', amount: 1, signedIn: true }],
  ['20 slow searches at once', { path: SLOW_SEARCH, amount: 20, signedIn: true }],
  ['10 MB of brackets', { path: FACTS, maker: 'brackets', amount: 1, signedIn: true }],
];

/** Worst waits of `/status` while one hostile caller does its worst. */
export async function hostileRows(bench) {
  const rows = [];
  for (const [name, attack] of ATTACKS) rows.push(await waitRow(bench, name, () => sent(bench, attack)));
  return [...rows, await strangeEngineRow(bench)];
}

/**
 * @param {{ service: { url: string }, authorization: string }} bench
 * @param {Attack} attack
 */
async function sent({ service, authorization }, { path, signedIn = false, ...load }) {
  /** @type {Record<string, string>} */
  const headers = signedIn ? { authorization } : {};
  return told(await burst({ url: `${service.url}${path}`, headers, ...load }));
}

/** An engine whose every answer is 8 MB of brackets, asked when it is registered. */
async function strangeEngineRow(bench) {
  const answer = Buffer.alloc(8_000_000, '[');
  const engine = createServer((_, response) => response.setHeader('content-type', 'application/json').end(answer));
  await once(engine.listen(0, '127.0.0.1'), 'listening');
  process.env.STRANGE_ENGINE = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (engine.address()).port}/ovirt-engine/api`;
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
