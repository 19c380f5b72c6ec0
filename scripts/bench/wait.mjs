// @ts-check
import { setTimeout as delay } from 'node:timers/promises';
import { row } from './compare.mjs';

const MOST_MS = 250;

/**
 * A row of the table: how long `/status` keeps its caller waiting at most while an attack lasts.
 *
 * @param {{ service: { url: string }, authorization: string }} bench
 * @param {string} name
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
