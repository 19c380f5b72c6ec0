import type { SqlDialectRules } from './sql-dialect';

/** Within brackets a character of a GLOB stands for itself. */
const literal = (char: string): string => (/[*?[]/.test(char) ? `[${char}]` : char);

/** One process, and one writer in it. */
export const SQLITE: SqlDialectRules = {
  lock: () => '',
  jsonColumn: (index) => `json_extract(value, '$[${index}]')`,
  jsonRows: 'json_each(?)',
  like: (expression, negation) => `${expression} ${negation}LIKE ? ESCAPE '\\'`,
  matches: (expression, negation) => `${expression} ${negation}GLOB ?`,
  pattern: (parts) =>
    parts
      .map((part) => part.map((cases) => (cases.length > 1 ? `[${cases.join('')}]` : literal(cases[0] ?? ''))).join(''))
      .join('*'),
  wholeNumber: '?',
  notJoined: (condition) => condition,
  oneAtATime: null,
  nowMs: "CAST(unixepoch('subsec') * 1000 AS integer)",
  notify: null,
  countsRows: false,
  indexHoldsIds: true,
};
