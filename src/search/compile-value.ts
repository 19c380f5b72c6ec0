import { compareDigits, compareText } from './compare-text';
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
import { parseSearchDate } from './search-date';
import { searchError, TextRange } from './search-error';
import { SearchTerm } from './search-node';
import { Dialect, joinSql, sql, Sql } from './sql-fragment';
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
  dialect: Dialect;
  now: Date;
  facts?: KeyValueForm;
}

/** The condition that a field compares so with one of the values. Throws `search_syntax`. */
export function compileValue(target: NamedField, comparison: Comparison): Sql {
  const { operator, values, dialect, facts = 'collected' } = comparison;
  if (!operatorsOf(target.field).includes(operator)) throw unsupported(target.field, comparison);
  if ('key' in target) {
    const texts = values.map(({ text }) => text);
    return compileKeyValue(target.field, target.key, facts, { operator, texts, dialect });
  }
  const conditions = values.map((value) => compileColumn(target.field, { ...comparison, value }));
  return through(target.field, joinSql(conditions, operator === '!=' ? 'AND' : 'OR'));
}

type ValueComparison = Omit<Comparison, 'values'> & { value: SearchTerm };

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
  decimal: [...EQUALITY, ...ORDER],
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
  if (!field.through) return sql(`${field.sql} IS ${present ? 'NOT NULL' : 'NULL'}`);
  const found = through(field, sql(`${field.sql} IS NOT NULL`));
  return present ? found : sql(`NOT COALESCE(${found.sql}, false)`, ...found.params);
}

function compileColumn(field: Exclude<NamedField['field'], { type: 'keyValue' }>, comparison: ValueComparison): Sql {
  switch (field.type) {
    case 'string':
      return compareString(field, comparison);
    case 'set':
      return compareSet(field, comparison);
    case 'datetime':
      return compareDate(field, comparison);
    case 'integer':
    case 'decimal':
      return compareNumber(field, comparison);
  }
}

function compareString(field: StringField, { operator, value, dialect }: ValueComparison): Sql {
  const negative = operator === '!=' || operator === '!~';
  const stored = operator === '~' || operator === '!~' ? value.text : (field.normalise?.(value.text) ?? value.text);
  const compare = field.digits && /^[<>]/.test(operator) && /^\d+$/.test(stored) ? compareDigits : compareText;
  const expressions = field.alternative ? [field.sql, field.alternative] : [field.sql];
  const conditions = expressions.map((expression) => compare(expression, operator, stored, dialect));
  return joinSql(conditions, negative ? 'AND' : 'OR');
}

function compareNumber(field: OrdinalField, { name, operator, value, dialect }: ValueComparison): Sql {
  const pattern = field.type === 'integer' ? /^[+-]?\d{1,15}$/ : /^[+-]?\d{1,15}(\.\d{1,15})?$/;
  const text = value.text.trim();
  if (!pattern.test(text)) {
    const wanted = field.type === 'integer' ? 'a whole number' : 'a number';
    throw searchError(`Value '${value.text}' is not valid for field '${name}'; write ${wanted}`, value.at);
  }
  // without the cast PostgreSQL would read the parameter as the column's type, and fail on larger numbers
  const parameter = dialect === 'postgres' && field.type === 'integer' ? 'CAST(? AS bigint)' : '?';
  return sql(`${field.sql} ${operator === '!=' ? '<>' : operator} ${parameter}`, Number(text));
}

function compareDate(field: OrdinalField, { name, operator, value, now }: ValueComparison): Sql {
  const date = parseSearchDate(value.text, now);
  if (!date) {
    throw searchError(
      `Value '${value.text}' is not valid for field '${name}'; write a date such as 2012-12-20, "2012-12-20 14:30", ` +
        'today, "3 days ago" or "2 hours from now", in double quotes where it has spaces',
      value.at,
    );
  }
  const { from, to, instant } = date;
  const column = field.sql;
  switch (operator) {
    case '=':
      return sql(`(${column} >= ? AND ${column} < ?)`, from, to);
    case '!=':
      return sql(`(${column} < ? OR ${column} >= ?)`, from, to);
    case '>':
      return instant === undefined ? sql(`${column} >= ?`, to) : sql(`${column} > ?`, instant);
    case '<=':
      return instant === undefined ? sql(`${column} < ?`, to) : sql(`${column} <= ?`, instant);
    default:
      return sql(`${column} ${operator} ?`, instant ?? from);
  }
}

function compareSet(field: SetField, { name, operator, value, now }: ValueComparison): Sql {
  const names = Object.keys(field.values);
  const wanted = names.find((candidate) => candidate === value.text.toLowerCase());
  if (wanted === undefined) {
    throw searchError(`'${name}' should be one of '${names.join(', ')}', but the query was '${value.text}'`, value.at);
  }
  const apply = (predicate: Predicate): Sql =>
    typeof predicate === 'string' ? sql(predicate) : predicate(now.getTime());
  const conditions = Object.entries(field.values)
    .filter(([candidate]) => (candidate === wanted) === (operator === '='))
    .map(([, predicate]) => apply(predicate));
  return joinSql(conditions, 'OR');
}

function through({ through: relation }: ColumnField, condition: Sql): Sql {
  if (!relation) return condition;
  const { column, table, key } = relation;
  return sql(`${column} IN (SELECT ${table}.${key} FROM ${table} WHERE ${condition.sql})`, ...condition.params);
}

function unsupported(field: SearchField, { name, operator, at }: Comparison): Error {
  const remedy = `use one of ${operatorsOf(field).join(' ')}`;
  const what =
    field.type === 'set'
      ? `Operator '${operator}' not supported for '${name}'`
      : `the operator '${operator}' is not supported for field type '${field.type}'`;
  return searchError(`${what}; ${remedy}`, at);
}
