import { dialectRules, type JsonColumn, type SqlDialect, type SqlValue } from '../common/sql-dialect';

export type SqlParams = readonly SqlValue[];

const rewritten = new Map<string, string>();
const REWRITTEN_LIMIT = 2_000;

/** `?` placeholders as `$1, $2 …` for PostgreSQL. Our SQL has no `?` elsewhere: user text travels in parameters only. */
export function toPostgres(sql: string): string {
  let text = rewritten.get(sql);
  if (text === undefined) {
    let index = 0;
    text = sql.replace(/\?/g, () => `$${++index}`);
    if (rewritten.size >= REWRITTEN_LIMIT) rewritten.clear();
    rewritten.set(sql, text);
  }
  return text;
}

/** `?, ?, ?` for an IN list. */
export function placeholders(count: number): string {
  return Array(count).fill('?').join(', ');
}

/**
 * A SELECT over one JSON parameter that holds an array of rows, each an array of columns of the given types:
 * one prepared statement for any number of rows. Columns are named c0, c1 …
 */
export function rowsFromJson(dialect: SqlDialect, types: readonly JsonColumn[]): string {
  const { jsonColumn, jsonRows } = dialectRules(dialect);
  const columns = types.map((type, index) => `${jsonColumn(index, type)} AS c${index}`);
  return `SELECT ${columns.join(', ')} FROM ${jsonRows}`;
}
