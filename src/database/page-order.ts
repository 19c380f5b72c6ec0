import type { Dialect } from './sql';

/** Sorting so few rows costs nothing. */
const FEW = 2_000;

/**
 * ORDER BY terms that lead the planner of SQLite, which does not know how many rows a condition finds: few are found by
 * the condition's index and sorted (the `+` hides the column from indexes), many are met in an index's order.
 * PostgreSQL knows by itself.
 */
export function pageOrder(dialect: Dialect, order: string, found: number): string {
  return dialect === 'sqlite' && isFew(found) ? `+${order}` : order;
}

export function isFew(found: number): boolean {
  return found <= FEW;
}
