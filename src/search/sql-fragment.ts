import type { SqlValue } from '../common/sql-dialect';

/** A piece of SQL with `?` placeholders and their values in order. Its text never holds what a person typed. */
export interface Sql {
  sql: string;
  params: SqlValue[];
}

export const sql = (text: string, ...params: SqlValue[]): Sql => ({ sql: text, params });

/** The conditions in parentheses, joined by AND/OR; a single one stays as it is. */
export function joinSql(conditions: readonly Sql[], operator: 'AND' | 'OR'): Sql {
  const [first] = conditions;
  if (first && conditions.length === 1) return first;
  return {
    sql: `(${conditions.map((condition) => condition.sql).join(` ${operator} `)})`,
    params: conditions.flatMap((condition) => condition.params),
  };
}

/** That a condition is not met; where it is neither met nor not (NULL), that stays so. */
export const negated = ({ sql: text, params }: Sql): Sql => sql(`NOT ${text}`, ...params);

/**
 * Equal to one of the values, or to none of them. Never an OR of comparisons: SQLite's planner takes seconds over some
 * hundred of them.
 */
export function among(expression: string, operator: '=' | '!=', values: readonly SqlValue[], placeholder = '?'): Sql {
  if (values.length === 1) return sql(`${expression} ${operator === '=' ? '=' : '<>'} ${placeholder}`, ...values);
  const list = values.map(() => placeholder).join(', ');
  return sql(`${expression} ${operator === '=' ? 'IN' : 'NOT IN'} (${list})`, ...values);
}
