import { dialectRules, type SqlDialect } from '../common/sql-dialect';

/** Sorting so few rows costs nothing. */
export const FEW = 2_000;

/**
 * ORDER BY terms that lead the planner of SQLite, which does not know how many rows a condition finds: few are found by
 * the condition's index and sorted (the `+` hides the column from indexes), many are met in an index's order.
 * PostgreSQL knows by itself.
 */
export function pageOrder(dialect: SqlDialect, order: string, found: number): string {
  return !dialectRules(dialect).countsRows && found <= FEW ? `+${order}` : order;
}

/**
 * LIMIT in the text of a query: SQLite plans a query anew each time a bound limit is bound, which takes longer than a
 * lookup itself.
 *
 * @throws Error when it is no whole number, so nothing else ever gets into the text
 */
export function limit(rows: number): string {
  if (!Number.isSafeInteger(rows)) throw new Error(`LIMIT ${rows} is no whole number`);
  return `LIMIT ${rows}`;
}
