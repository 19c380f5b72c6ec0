export type Dialect = 'sqlite' | 'postgres';
export type SqlValue = string | number | boolean | null;
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

/** `(?, ?), (?, ?)` for a multi-row VALUES list. */
export function valuesList(rows: number, columns: number): string {
  const row = `(${Array(columns).fill('?').join(', ')})`;
  return Array(rows).fill(row).join(', ');
}

/** `?, ?, ?` for an IN list. */
export function placeholders(count: number): string {
  return Array(count).fill('?').join(', ');
}
