import { dialectRules, type SqlDialect } from '../common/sql-dialect';
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
export function compareText(expression: string, operator: CompareOperator, text: string, dialect: SqlDialect): Sql {
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
export function compareDigits(expression: string, operator: CompareOperator, text: string, dialect: SqlDialect): Sql {
  const digits = text.replace(/^0+(?=\d)/, '');
  const longer = sql(`length(${expression}) ${operator.charAt(0)} ?`, digits.length);
  const { sql: asText, params } = compareText(expression, operator, digits, dialect);
  const asLong = sql(`(length(${expression}) = ? AND ${asText})`, digits.length, ...params);
  return joinSql([longer, asLong], 'OR');
}

function matches(expression: string, text: string, dialect: SqlDialect, negation: '' | 'NOT '): Sql {
  const { like, matches: fits, pattern } = dialectRules(dialect);
  const parts = text.split(/[*%]+/);
  const whole = parts.length > 1 ? parts : ['', text, ''];
  if (hasForeignCase(text))
    return sql(fits(expression, negation), pattern(whole.map((part) => [...part].map(bothCases))));
  return sql(like(expression, negation), whole.map((part) => part.replace(/[\\_]/g, '\\$&')).join('%'));
}

/**
 * Letters beyond ASCII: SQLite's LIKE never folds their case, PostgreSQL's only where the database's locale does. Patterns
 * that name both cases of every letter serve then.
 */
const hasForeignCase = (text: string): boolean => [...text].some((char) => char > '\x7f' && bothCases(char).length > 1);

/** The character and, where there is one, the same letter in the other case. */
function bothCases(char: string): string[] {
  const cases = new Set([char, char.toLowerCase(), char.toUpperCase()]);
  return [...cases].filter((variant) => [...variant].length === 1);
}
