import type { z } from 'zod';
import { withQuery, type EngineCalls } from '../engine-calls';
import type { CallOptions } from '../engine-client';
import type { EngineIdentity, ListOptions } from '../ports';

export const DEFAULT_LIMIT = 100;
const MOST = 1_000;
/** No name has other signs (oVirt: ValidationUtils.java). */
const SEARCHABLE = /^[\p{L}\d._-]+$/u;
/** Of one name: each has its versions. */
const MOST_NAMED = 100;

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
    const rows = await calls.get(as, withQuery(`${path};max=${pageSize}`, { search: text }), schema, {
      signal,
      maxAnswerBytes,
    });
    const before = found.size;
    for (const row of rows) found.set(row.id, row);
    if (rows.length < pageSize || found.size === before) break;
  }
  return [...found.values()].slice(0, wanted);
}

/** Those of exactly this name; one request. A session's list is not searched up to 3.5, and none tells capitals apart. */
export async function allNamed<T extends { name: string }>(
  calls: EngineCalls,
  as: EngineIdentity,
  { path, schema, maxAnswerBytes }: Omit<Paging<T>, 'pageSize'>,
  { name, signal }: CallOptions & { name: string },
): Promise<T[]> {
  if (!SEARCHABLE.test(name)) return [];
  const search = withQuery(`${path};max=${MOST_NAMED}`, { search: `name=${name}` });
  const found = await calls.get(as, search, schema, { signal, maxAnswerBytes });
  return found.filter((one) => one.name === name);
}
