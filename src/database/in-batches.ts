import { setTimeout as pause } from 'node:timers/promises';
import type { Transaction, UnitOfWork } from './unit-of-work';

const BATCH = 200;
const PAUSE_MS = 50;

/**
 * Removes what may be much in small works with pauses, so that other writes never wait long.
 * @param removeSome removes at most `limit` rows. @returns how many it removed
 * @returns how many were removed in all, when nothing is left or the signal tells to give up
 */
export async function removeInBatches(
  work: UnitOfWork,
  removeSome: (tx: Transaction, limit: number) => Promise<number>,
  signal?: AbortSignal,
): Promise<number> {
  let removed = 0;
  for (let count = BATCH; count === BATCH && signal?.aborted !== true; removed += count) {
    count = await work.run((tx) => removeSome(tx, BATCH));
    if (count === BATCH) await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
  return removed;
}
