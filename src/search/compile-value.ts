import { dialectRules, type SqlDialect } from '../common/sql-dialect';
import { beginningOf, compareDigits, compareText } from './compare-text';
import { compileKeyValue, type KeyValueForm } from './compile-key-value';
import {
  ColumnField,
  NamedField,
  OrdinalField,
  Predicate,
  SearchField,
  SetField,
  StringField,
} from './field-definitions';
import { parseSearchDate, SearchDate } from './search-date';
import { searchError, TextRange } from './search-error';
import { SearchTerm } from './search-node';
import { among, joinSql, negated, sql, Sql } from './sql-fragment';
import { withinSpans } from './time-spans';
import { CompareOperator } from './tokenize';

/**
 * One comparison to compile. `name` is the field as the search names it; several values are those of a list: any of
 * them for `=`, none of them for `!=`. `now` is what relative dates count from.
 */
export interface Comparison {
  name: string;
  operator: CompareOperator;
  values: readonly SearchTerm[];
  at: TextRange | undefined;
  dialect: SqlDialect;
  now: Date;
  facts?: KeyValueForm;
}

/** The condition that a field compares so with one of the values. Throws `search_syntax`. */
export function compileValue(target: NamedField, comparison: Comparison): Sql {
  const { operator, values, dialect, facts = 'collected' } = comparison;
  if (!operatorsOf(target.field).includes(operator)) throw unsupported(target.field, comparison);
  if (operator === '~' || operator === '!~') checkPatterns(values);
  if ('key' in target) {
    const texts = values.map(({ text }) => text);
    return compileKeyValue(target.field, target.key, facts, { operator, texts, dialect });
  }
  return through(target.field, compileColumn(target.field, comparison));
}

/** Characters of what `~` looks for. */
const MAX_PATTERN = 255;

function checkPatterns(patterns: readonly SearchTerm[]): void {
  const long = patterns.find(({ text }) => text.length > MAX_PATTERN);
  if (long === undefined) return;
  const remedy = `look for at most ${MAX_PATTERN}, or compare the whole value with =`;
  throw searchError(`A pattern or word of ${long.text.length} characters is too long; ${remedy}`, long.at);
}

/** The operators a field has, lists aside: `^` is `=` and `!^` is `!=` for several values. */
export function operatorsOf({ type }: SearchField): readonly CompareOperator[] {
  return OPERATORS[type];
}

const EQUALITY = ['=', '!='] as const;
const ORDER = ['<', '<=', '>', '>='] as const;
const OPERATORS: Record<SearchField['type'], readonly CompareOperator[]> = {
  string: [...EQUALITY, '~', '!~', ...ORDER],
  keyValue: [...EQUALITY, '~', '!~', ...ORDER],
  integer: [...EQUALITY, ...ORDER],
  datetime: [...EQUALITY, ...ORDER],
  set: EQUALITY,
};

/** `has` and `null?`: the field has a value, or none. */
export function compilePresence(target: NamedField, present: boolean, facts: KeyValueForm = 'collected'): Sql {
  if ('key' in target) {
    const found = compileKeyValue(target.field, target.key, facts);
    return present ? found : sql(`NOT ${found.sql}`, ...found.params);
  }
  const { field } = target;
  if (!field.through) {
    const columns = field.unsetWith === undefined ? [field.sql] : [field.sql, field.unsetWith];
    const conditions = columns.map((column) => sql(`${column} IS ${present ? 'NOT NULL' : 'NULL'}`));
    return joinSql(conditions, 'AND');
  }
  const found = through(field, sql(`${field.sql} IS NOT NULL`));
  return present ? found : sql(`NOT COALESCE(${found.sql}, false)`, ...found.params);
}

function compileColumn(field: Exclude<NamedField['field'], { type: 'keyValue' }>, comparison: Comparison): Sql {
  switch (field.type) {
    case 'string':
      return compareString(field, comparison);
    case 'set':
      return compareSet(field, comparison);
    case 'datetime':
      return compareDates(field, comparison);
    case 'integer':
      return compareNumbers(field, comparison);
  }
}

function compareString(field: StringField, { operator, values, dialect }: Comparison): Sql {
  const isPattern = operator === '~' || operator === '!~';
  const own = isPattern && field.long ? beginningOf(field.sql) : field.sql;
  const expressions = field.alternative ? [own, field.alternative] : [own];
  const texts = values.map(({ text }) => (isPattern ? text : (field.normalise?.(text) ?? text)));
  const conditions = expressions.flatMap((expression) => {
    if (operator === '=' || operator === '!=') return among(expression, operator, texts);
    return texts.map((text) => {
      const bySize = field.digits && !isPattern && /^\d+$/.test(text);
      return (bySize ? compareDigits : compareText)(expression, operator, text, dialect);
    });
  });
  return joinSql(conditions, operator === '!=' || operator === '!~' ? 'AND' : 'OR');
}

function compareNumbers(field: OrdinalField, { name, operator, values, dialect }: Comparison): Sql {
  const numbers = values.map(({ text, at }) => {
    if (/^[+-]?\d{1,15}$/.test(text.trim())) return Number(text);
    throw searchError(`Value '${text}' is not valid for field '${name}'; write a whole number`, at);
  });
  const { wholeNumber: placeholder } = dialectRules(dialect);
  if (operator === '=' || operator === '!=') return among(field.sql, operator, numbers, placeholder);
  return sql(`${field.sql} ${operator} ${placeholder}`, ...numbers);
}

function compareDates({ sql: column }: OrdinalField, { name, operator, values, now }: Comparison): Sql {
  const dates = values.map((value) => dateOf(value, name, now));
  if (operator === '=') return withinSpans(column, dates);
  if (operator === '!=') return negated(withinSpans(column, dates));
  return joinSql(
    dates.map((date) => compareInstant(column, operator, date)),
    'OR',
  );
}

function compareInstant(column: string, operator: CompareOperator, { from, to, instant }: SearchDate): Sql {
  if (instant !== undefined) return sql(`${column} ${operator} ?`, instant);
  if (operator === '>') return sql(`${column} >= ?`, to);
  if (operator === '<=') return sql(`${column} < ?`, to);
  return sql(`${column} ${operator} ?`, from);
}

function dateOf({ text, at }: SearchTerm, name: string, now: Date): SearchDate {
  const date = parseSearchDate(text, now);
  if (date) return date;
  throw searchError(
    `Value '${text}' is not valid for field '${name}'; write a date such as 2012-12-20, "2012-12-20 14:30", ` +
      'today, "3 days ago" or "2 hours from now", in double quotes where it has spaces',
    at,
  );
}

function compareSet(field: SetField, { name, operator, values, now }: Comparison): Sql {
  const names = Object.keys(field.values);
  const wanted = values.map(({ text, at }) => {
    if (names.includes(text.toLowerCase())) return text.toLowerCase();
    throw searchError(`'${name}' should be one of '${names.join(', ')}', but the query was '${text}'`, at);
  });
  const apply = (predicate: Predicate): Sql =>
    typeof predicate === 'string' ? sql(predicate) : predicate(now.getTime());
  const conditions = Object.entries(field.values)
    .filter(([candidate]) => wanted.includes(candidate) === (operator === '='))
    .map(([, predicate]) => apply(predicate));
  return conditions.length > 0 ? joinSql(conditions, 'OR') : sql('false');
}

function through({ through: relation }: ColumnField, condition: Sql): Sql {
  if (!relation) return condition;
  const { column, table, key, from = table } = relation;
  return sql(`${column} IN (SELECT ${table}.${key} FROM ${from} WHERE ${condition.sql})`, ...condition.params);
}

function unsupported(field: SearchField, { name, operator, at }: Comparison): Error {
  const remedy = `use one of ${operatorsOf(field).join(' ')}`;
  const what =
    field.type === 'set'
      ? `Operator '${operator}' not supported for '${name}'`
      : `the operator '${operator}' is not supported for field type '${field.type}'`;
  return searchError(`${what}; ${remedy}`, at);
}
