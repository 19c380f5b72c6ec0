import type { z } from 'zod';
import { withQuery, type EngineCalls } from '../engine-calls';
import type { EngineIdentity, ListOptions } from '../ports';

export const DEFAULT_LIMIT = 100;
const MOST = 1_000;

interface Paging<T> {
  path: string;
  schema: z.ZodType<T[]>;
  pageSize: number;
  /** Of a page. */
  maxAnswerBytes?: number;
}

/**
 * The first rows by name, read page by page: of some rows an answer may be larger than is taken.
 * @param pageSize how many rows stay below that
 */
export async function firstByName<T extends { id: string }>(
  calls: EngineCalls,
  as: EngineIdentity,
  { path, schema, pageSize, maxAnswerBytes }: Paging<T>,
  { search = '', limit = DEFAULT_LIMIT, signal }: ListOptions = {},
): Promise<T[]> {
  const wanted = Math.min(limit, MOST);
  const found = new Map<string, T>();
  for (let page = 1; found.size < wanted; page += 1) {
    const text = `${search} sortby name asc page ${page}`.trim();
    const rows = await calls.get(as, withQuery(path, { search: text, max: pageSize }), schema, {
      signal,
      maxAnswerBytes,
    });
    const before = found.size;
    for (const row of rows) found.set(row.id, row);
    if (rows.length < pageSize || found.size === before) break;
  }
  return [...found.values()].slice(0, wanted);
}
