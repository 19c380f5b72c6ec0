export type Dialect = 'sqlite' | 'postgres';
export type SqlValue = string | number | boolean | null;

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
