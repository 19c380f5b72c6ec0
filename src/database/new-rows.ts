import type { JsonColumn, SqlValue } from '../common/sql-dialect';
import { placeholders, rowsFromJson } from './sql';

/** More take several turns: others are not to wait for all of them. */
export const ROWS_AT_ONCE = 500;

/** Many rows for one table. Table, columns and `then` come from our code, never from a caller. */
export interface NewRows {
  into: string;
  /** Column → type, in the order of a row's values. */
  columns: Readonly<Record<string, JsonColumn>>;
  rows: readonly (readonly SqlValue[])[];
  /** ON CONFLICT … RETURNING … */
  then: string;
}

/** For SQLite, which runs in this process: a statement to be run row by row, twice as fast as unfolding JSON. */
export function insertOneSql({ into, columns, then }: NewRows): string {
  const names = Object.keys(columns);
  return `INSERT INTO ${into} (${names.join(', ')}) VALUES (${placeholders(names.length)}) ${then}`;
}

/** For PostgreSQL: one statement, so one round trip, with the rows of a turn as its one JSON parameter. */
export function insertAllSql({ into, columns, then }: NewRows): string {
  return `INSERT INTO ${into} (${Object.keys(columns).join(', ')}) ${rowsFromJson('postgres', Object.values(columns))} ${then}`;
}
