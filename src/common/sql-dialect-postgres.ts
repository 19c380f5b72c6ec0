import type { SqlDialectRules } from './sql-dialect';

/** Signs of ASCII are escaped in a regular expression. */
const literal = (char: string): string => (/[^\w\s]/.test(char) && char <= '\x7f' ? `\\${char}` : char);

export const POSTGRES: SqlDialectRules = {
  lock: (strength) => `FOR ${strength}`,
  jsonColumn: (index, type) => `(value->>${index})::${type}`,
  jsonRows: 'jsonb_array_elements(?::jsonb) AS value',
  like: (expression, negation) => `${expression} ${negation}ILIKE ?`,
  matches: (expression, negation) => `${expression} ${negation ? '!~' : '~'} ?`,
  pattern: (parts) =>
    `^${parts
      .map((part) => part.map((cases) => (cases.length > 1 ? `[${cases.join('')}]` : literal(cases[0] ?? ''))).join(''))
      .join('.*')}$`,
  wholeNumber: 'CAST(? AS bigint)', // it would read the parameter as the column's type, and fail on larger numbers
  notJoined: (condition) => `(${condition}) IS TRUE`,
  oneAtATime: 'SELECT pg_advisory_xact_lock(hashtext(?))',
  nowMs: 'CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)',
  notify: 'SELECT pg_notify(?, ?)',
  countsRows: true,
  indexHoldsIds: false,
};
