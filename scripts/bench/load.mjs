// @ts-check
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import autocannon from 'autocannon';
import { makers } from './bodies.mjs';
import { spread } from './spread.mjs';

const self = fileURLToPath(import.meta.url);

/**
 * Runs one load in a process of its own.
 *
 * @param {{ url: string, headers?: Record<string, string>, connections: number, seconds?: number, amount?: number,
 *   paths?: string[], maker?: string, makerOptions?: object }} load GETs of `paths` in turn, or POSTs of a maker's
 *   bodies (bodies.mjs); for `seconds`, or `amount` requests
 * @returns {Promise<{ perSecond: number, failed: number, count: number }>}
 */
export function generate(load) {
  return inChild({ kind: 'rate', ...load });
}

/** Milliseconds of `amount` requests, one after the other and `pauseMs` apart: the median, and the slowest. */
export function latency(load) {
  return inChild({ kind: 'latency', ...load });
}

/**
 * Sends `amount` requests at the same time: POSTs of a maker's bodies, or GETs without one.
 *
 * @param {{ url: string, headers?: Record<string, string>, amount: number, maker?: string, gzip?: boolean }} load
 * @returns {Promise<Record<string, number>>} how many were answered with each status; `lost`: with none
 */
export function burst(load) {
  return inChild({ kind: 'burst', ...load });
}

async function inChild(job) {
  const child = fork(self, ['child'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.send(job);
  const outcome = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [])]);
  if (!outcome[0]) throw new Error('The load generator broke down; its message stands above.');
  return outcome[0];
}

async function rate({ url, headers, connections, seconds, amount, paths, maker, makerOptions }) {
  const next = maker && makers[maker](makerOptions);
  const post = (request) => {
    request.body = next();
    return request;
  };
  const requests = next
    ? [{ method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, setupRequest: post }]
    : (paths ?? ['']).map((path) => ({ path: `${new URL(url).pathname.replace(/\/$/, '')}${path}`, headers }));
  const limit = amount ? { amount } : { duration: seconds };
  const result = await autocannon({ url, connections, requests, timeout: 60, ...limit });
  const count = result['2xx'] + result.non2xx;
  // autocannon leaves out the last, unfinished second of its own clock: the rate is computed from the count.
  const elapsed = (Number(result.finish) - Number(result.start)) / 1000;
  return { perSecond: count / elapsed, failed: result.non2xx + result.errors, count };
}

async function sequential({ url, headers, amount, pauseMs = 0 }) {
  const times = [];
  for (let index = 0; index < amount; index += 1) {
    if (pauseMs > 0) await delay(pauseMs);
    const startedAt = performance.now();
    const response = await fetch(url, { headers });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`GET ${url} was answered with ${response.status}`);
    times.push(performance.now() - startedAt);
  }
  return spread(times);
}

async function together({ url, headers, amount, maker, gzip = false }) {
  const next = maker && makers[maker]({ startAt: Date.now() });
  const packed = gzip ? { 'content-encoding': 'gzip' } : {};
  const send = async (body) => {
    try {
      const post = { method: 'POST', body, headers: { 'content-type': 'application/json', ...packed, ...headers } };
      const response = await fetch(url, next ? post : { headers });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 'lost';
    }
  };
  const bodies = Array.from({ length: amount }, () => next && (gzip ? gzipSync(next()) : next()));
  const counts = {};
  for (const status of await Promise.all(bodies.map(send))) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const kinds = { rate, latency: sequential, burst: together };

if (process.argv[1] === self) {
  process.once(
    'message',
    async (/** @type {{ kind: keyof typeof kinds } & Parameters<typeof kinds.rate>[0]} */ job) => {
      process.send(await kinds[job.kind](job), () => process.exit(0));
    },
  );
}
