import { POSTGRES } from './sql-dialect-postgres';
import { SQLITE } from './sql-dialect-sqlite';

export type SqlDialect = 'sqlite' | 'postgres';
export type SqlValue = string | number | boolean | null;

/** Types of columns in a JSON parameter. */
export type JsonColumn = 'integer' | 'bigint' | 'text' | 'double precision';

/** How strongly a row is kept from other works until one ends (PostgreSQL's row-level locks). */
export type RowLock = 'UPDATE' | 'NO KEY UPDATE' | 'SHARE';

/** All that differs between the databases in SQL that is otherwise the same. */
export interface SqlDialectRules {
  /** What ends a SELECT whose rows others are not to change until the work ends. */
  readonly lock: (strength: RowLock) => string;
  /** One column of a row within a JSON parameter, the row being `value`. */
  readonly jsonColumn: (index: number, type: JsonColumn) => string;
  /** The rows of a JSON parameter, each as `value`. */
  readonly jsonRows: string;
  /** A condition on text with `%` for any characters and `_` and `\` for themselves; ASCII letters in any case. */
  readonly like: (expression: string, negation: '' | 'NOT ') => string;
  /** A condition on text with a pattern of `caseful`. */
  readonly matches: (expression: string, negation: '' | 'NOT ') => string;
  /**
   * A pattern for the whole of a text.
   * @param parts what stands between any characters; each character in its cases, one or two
   */
  readonly pattern: (parts: readonly (readonly (readonly string[])[])[]) => string;
  /** A parameter that is compared with a column of whole numbers. */
  readonly wholeNumber: string;
  /** A condition that the planner is not to take for a join. */
  readonly notJoined: (condition: string) => string;
  /** Waits until no other work is at the task that is the parameter; null where there is one writer. */
  readonly oneAtATime: string | null;
  /** The instant by the database's own clock, which all instances share: epoch milliseconds. */
  readonly nowMs: string;
  /** Tells other instances, by channel and text; null where there is one. */
  readonly notify: string | null;
  /** Whether the planner knows how many rows a condition finds; else it has to be led. */
  readonly countsRows: boolean;
  /** Whether an index gives the ids of what it finds. */
  readonly indexHoldsIds: boolean;
}

const DIALECTS: Record<SqlDialect, SqlDialectRules> = { sqlite: SQLITE, postgres: POSTGRES };

export const dialectRules = (dialect: SqlDialect): SqlDialectRules => DIALECTS[dialect];
