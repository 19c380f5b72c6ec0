import type { SqlDialect } from '../common/sql-dialect';
import { beginningOf, compareText } from './compare-text';
import { KeyValueField } from './field-definitions';
import { among, sql, Sql } from './sql-fragment';
import { CompareOperator } from './tokenize';

/** The number a value is, or null: "24105", "-1.5", "1e3", but neither "12.04.1" nor "0x10" nor "". */
export function numberOf(value: string): number | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/**
 * Owners that have a value of that name which compares so with `texts` (one, or several for `=` and `!=`), or any value.
 * The index (name, number, value key, owner) covers each question; to seek a value key in it, rows with and without `number`
 * are asked for apart.
 */
export function compileKeyValue(
  field: KeyValueField,
  key: string,
  form: KeyValueForm,
  comparison?: KeyValueComparison,
): Sql {
  const { owner, table, ownerKey, nameKey, names } = field;
  const conditions = comparison ? conditionsOf(field, comparison) : [sql('true')];
  const rows = conditions.map((condition) =>
    sql(
      `FROM ${table} WHERE ${table}.${nameKey} IN (SELECT ${names}.id FROM ${names} WHERE ${names}.name = ?) AND ${condition.sql}`,
      key,
      ...condition.params,
    ),
  );
  const params = rows.flatMap((each) => each.params);
  if (form === 'oneByOne') {
    const ofOwner = rows.map((each) => `EXISTS (SELECT 1 ${each.sql} AND ${table}.${ownerKey} = ${owner})`);
    return sql(`(${ofOwner.join(' OR ')})`, ...params);
  }
  const owners = rows.map((each) => `SELECT ${table}.${ownerKey} ${each.sql}`).join(' UNION ALL ');
  if (form === 'collected') return sql(`${owner} IN (${owners})`, ...params);
  const hits = `(${owners}) AS hits`;
  if (form === 'listed') return sql(`SELECT hits.${ownerKey} AS id FROM ${hits}`, ...params);
  return sql(
    `(CASE WHEN (SELECT COUNT(*) FROM ${names} WHERE ${names}.name = ?) < 2 THEN (SELECT COUNT(*) FROM ${hits})
      ELSE (SELECT COUNT(DISTINCT hits.${ownerKey}) FROM ${hits}) END)`,
    key,
    ...params,
    ...params,
  );
}

/**
 * What comes of a comparison: a condition on the owner, by collecting all owners that meet it first or by asking each
 * owner; the number of owners that meet it; or a query for their ids. An owner has one value of each row in `names`, so
 * those need be told apart only where the name stands there twice.
 */
export type KeyValueForm = 'collected' | 'oneByOne' | 'counted' | 'listed';

export interface KeyValueComparison {
  operator: CompareOperator;
  texts: readonly string[];
  dialect: SqlDialect;
}

const isText = (field: KeyValueField): Sql => sql(`${field.number} IS NULL`);
const isNumber = (field: KeyValueField): Sql => sql(`${field.number} IS NOT NULL`);
const both = (first: Sql, second: Sql): Sql => sql(`${first.sql} AND ${second.sql}`, ...first.params, ...second.params);

function conditionsOf(field: KeyValueField, comparison: KeyValueComparison): Sql[] {
  switch (comparison.operator) {
    case '=':
    case '!=':
      return equality(field, comparison.operator, comparison.texts);
    case '~':
    case '!~':
      return patterns(field, comparison);
    default:
      return order(field, comparison);
  }
}

/**
 * Equal is what is written alike: 3.1 is another version than 3.10, 007 another code than 7, and a number of twenty
 * digits another than its neighbour, which as a number it is not.
 */
function equality(field: KeyValueField, operator: '=' | '!=', texts: readonly string[]): Sql[] {
  if (operator === '!=') return [alike(field, operator, texts)];
  const words = texts.filter((text) => numberOf(text) === null);
  const numerals = texts.filter((text) => numberOf(text) !== null);
  const ofNumbers = among(field.number, '=', numerals.map(numberOf));
  return [
    ...(words.length ? [both(isText(field), alike(field, operator, words))] : []),
    ...(numerals.length ? [both(both(isNumber(field), ofNumbers), alike(field, operator, numerals))] : []),
  ];
}

/** The indexed beginning decides alone unless a text is as long as that; then the whole value is compared too. */
function alike(field: KeyValueField, operator: '=' | '!=', texts: readonly string[]): Sql {
  const { value, valueKey, valueKeyLength } = field;
  if (texts.every((text) => text.length < valueKeyLength)) return among(valueKey, operator, texts);
  const whole = among(value, operator, texts);
  if (operator === '!=') return whole;
  const beginnings = texts.map((text) => text.slice(0, valueKeyLength).replace(/\p{Cs}$/u, '\uFFFD'));
  return both(among(valueKey, '=', beginnings), whole);
}

/** Values are cut for their index by UTF-16 units, SQL counts characters: below half the length none can be cut. */
function patterns(field: KeyValueField, { operator, texts: [text = ''], dialect }: KeyValueComparison): Sql[] {
  const half = Math.floor(field.valueKeyLength / 2);
  return [
    both(sql(`length(${field.valueKey}) < ${half}`), compareText(field.valueKey, operator, text, dialect)),
    both(sql(`length(${field.valueKey}) >= ${half}`), compareText(beginningOf(field.value), operator, text, dialect)),
  ];
}

/** Numbers go by size where both sides are some, all else by its characters. */
function order(field: KeyValueField, { operator, texts: [text = ''], dialect }: KeyValueComparison): Sql[] {
  const expression = text.length < field.valueKeyLength ? field.valueKey : field.value;
  const asText = compareText(expression, operator, text, dialect);
  const number = numberOf(text);
  return [
    both(isText(field), asText),
    number === null ? both(isNumber(field), asText) : sql(`${field.number} ${operator} ?`, number),
  ];
}
