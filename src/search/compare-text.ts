import type { Dialect } from '../common/sql-types';
import { joinSql, sql, Sql } from './sql-fragment';
import { CompareOperator } from './tokenize';

/** Characters of a text of any length that patterns are compared with: each costs as many steps as the pattern is long. */
const MAX_COMPARED = 16_384;

/** Where patterns are looked for in a text of any length. */
export const beginningOf = (expression: string): string => `substr(${expression}, 1, ${MAX_COMPARED})`;

/**
 * `=` is exact, `~` finds the text in any case, the rest is the order of code points, which the columns have.
 * With `*` or `%` in it the text of `~` is a pattern for the whole value, in which these stand for any characters;
 * `_` and `\` always stand for themselves.
 */
export function compareText(expression: string, operator: CompareOperator, text: string, dialect: Dialect): Sql {
  switch (operator) {
    case '=':
      return sql(`${expression} = ?`, text);
    case '!=':
      return sql(`${expression} <> ?`, text);
    case '~':
      return matches(expression, text, dialect, '');
    case '!~':
      return matches(expression, text, dialect, 'NOT ');
    default:
      return sql(`${expression} ${operator} ?`, text);
  }
}

/** `<`, `>`, `<=`, `>=` of whole numbers kept as text: more digits are more, as many digits go by their order. */
export function compareDigits(expression: string, operator: CompareOperator, text: string, dialect: Dialect): Sql {
  const digits = text.replace(/^0+(?=\d)/, '');
  const longer = sql(`length(${expression}) ${operator.charAt(0)} ?`, digits.length);
  const { sql: asText, params } = compareText(expression, operator, digits, dialect);
  const asLong = sql(`(length(${expression}) = ? AND ${asText})`, digits.length, ...params);
  return joinSql([longer, asLong], 'OR');
}

function matches(expression: string, text: string, dialect: Dialect, negation: '' | 'NOT '): Sql {
  const parts = text.split(/[*%]+/);
  const pattern = parts.length > 1 ? parts : ['', text, ''];
  if (hasForeignCase(text)) return matchesForeignCase(expression, pattern, dialect, negation);
  const like = pattern.map((part) => part.replace(/[\\_]/g, '\\$&')).join('%');
  return dialect === 'sqlite'
    ? sql(`${expression} ${negation}LIKE ? ESCAPE '\\'`, like)
    : sql(`${expression} ${negation}ILIKE ?`, like);
}

/** Letters beyond ASCII: SQLite's LIKE never folds their case, PostgreSQL's only where the database's locale does. */
const hasForeignCase = (text: string): boolean => [...text].some((char) => char > '\x7f' && bothCases(char).length > 1);

/** Case-sensitive patterns that name both cases of every letter: GLOB, or a regular expression on PostgreSQL. */
function matchesForeignCase(expression: string, parts: string[], dialect: Dialect, negation: '' | 'NOT '): Sql {
  const either = (char: string): string => {
    const cases = bothCases(char);
    if (cases.length > 1) return `[${cases.join('')}]`;
    if (dialect === 'sqlite') return /[*?[]/.test(char) ? `[${char}]` : char;
    return /[^\w\s]/.test(char) && char <= '\x7f' ? `\\${char}` : char;
  };
  const pattern = parts.map((part) => [...part].map(either).join(''));
  return dialect === 'sqlite'
    ? sql(`${expression} ${negation}GLOB ?`, pattern.join('*'))
    : sql(`${expression} ${negation ? '!~' : '~'} ?`, `^${pattern.join('.*')}$`);
}

/** The character and, where there is one, the same letter in the other case. */
function bothCases(char: string): string[] {
  const cases = new Set([char, char.toLowerCase(), char.toUpperCase()]);
  return [...cases].filter((variant) => [...variant].length === 1);
}
