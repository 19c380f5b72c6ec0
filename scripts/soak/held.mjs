// @ts-check
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** More than the file's age. */
const LOOK_MS = 500;
/** So long after the last request something may still be held. */
const SETTLE_MS = 5_000;

/**
 * What the service, in which in-flight.cjs was preloaded, holds for requests when all are over.
 *
 * @param {string} file its IN_FLIGHT_FILE
 * @returns {Promise<Record<string, number>>} all of it 0, or what is left when it stays so
 */
export async function heldIn(file) {
  for (const until = performance.now() + SETTLE_MS; ;) {
    await delay(LOOK_MS);
    const held = JSON.parse(readFileSync(file, 'utf8'));
    if (Object.values(held).every((each) => each === 0) || performance.now() > until) return held;
  }
}
