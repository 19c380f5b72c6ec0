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

/** Rows that were looked at: `last` is the highest id of them, null when there was none after `after`. */
interface Looked {
  last: number | null;
  removed: number;
}

/** Looks at up to `limit` rows whose ids come after `after`, and removes those of them that nothing uses. */
export type RemoveUnused = (tx: Transaction, after: number, limit: number) => Promise<Looked>;

/**
 * Goes through a table by its ids in small works with pauses, whether much of it is removed or nothing.
 * @returns how many were removed in all, at the end of the table or when the signal tells to give up
 */
export async function removeUnusedInBatches(
  work: UnitOfWork,
  removeUnused: RemoveUnused,
  signal?: AbortSignal,
): Promise<number> {
  let total = 0;
  for (let after: number | null = 0; after !== null && signal?.aborted !== true;) {
    const from: number = after;
    const { last, removed } = await work.run((tx) => removeUnused(tx, from, BATCH));
    total += removed;
    after = last;
    if (last !== null) await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
  return total;
}

/**
 * `RemoveUnused` of a table. Table and condition come from our code, never from a caller.
 * @param isUsed SQL, about the row of the table
 */
export async function removeUnusedRows(
  tx: Transaction,
  { table, isUsed }: { table: string; isUsed: string },
  [after, limit]: [after: number, limit: number],
): Promise<Looked> {
  const [looked] = await tx.query<{ last: number | null }>(
    `SELECT max(id) AS last FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?) AS looked`,
    [after, limit],
  );
  const last = looked?.last ?? null;
  if (last === null) return { last, removed: 0 };
  const removed = await tx.execute(`DELETE FROM ${table} WHERE id > ? AND id <= ? AND NOT (${isUsed})`, [after, last]);
  return { last, removed };
}
