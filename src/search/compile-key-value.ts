import { compareText } from './compare-text';
import { KeyValueField } from './field-definitions';
import { Dialect, joinSql, sql, Sql } from './sql-fragment';
import { CompareOperator } from './tokenize';

/** The number a value is, or null: "24105", "-1.5", "1e3", but neither "12.04.1" nor "0x10" nor "". */
export function numberOf(value: string): number | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Owners that have a value of that name, on which `condition` holds where given. */
export function ownersWith(field: KeyValueField, key: string, condition?: Sql): Sql {
  const { owner, table, ownerKey, nameKey, names } = field;
  const named = sql(`${table}.${nameKey} IN (SELECT ${names}.id FROM ${names} WHERE ${names}.name = ?)`, key);
  const where = condition ? sql(`${named.sql} AND ${condition.sql}`, ...named.params, ...condition.params) : named;
  return sql(`${owner} IN (SELECT ${table}.${ownerKey} FROM ${table} WHERE ${where.sql})`, ...where.params);
}

/** Numbers where both the value and the text are numbers, else text. */
export function compareValue(field: KeyValueField, operator: CompareOperator, text: string, dialect: Dialect): Sql {
  const number = operator === '~' || operator === '!~' ? null : numberOf(text);
  if (number === null) return compareIndexedText(field, operator, text, dialect);
  const asNumber = sql(`${field.number} ${operator === '!=' ? '<>' : operator} ?`, number);
  if (operator === '=') return asNumber;
  const asText = compareIndexedText(field, operator, text, dialect);
  const otherwise =
    operator === '!='
      ? sql(`${field.number} IS NULL`)
      : sql(`(${field.number} IS NULL AND ${asText.sql})`, ...asText.params);
  return joinSql([asNumber, otherwise], 'OR');
}

/** A text shorter than the indexed beginning of values compares with that as it does with the whole value. */
function compareIndexedText(field: KeyValueField, operator: CompareOperator, text: string, dialect: Dialect): Sql {
  if (operator === '~' || operator === '!~') return compareText(field.value, operator, text, dialect);
  if (text.length < field.valueKeyLength) return compareText(field.valueKey, operator, text, dialect);
  const whole = compareText(field.value, operator, text, dialect);
  if (operator !== '=') return whole;
  const beginning = text.slice(0, field.valueKeyLength).replace(/\p{Cs}$/u, '\uFFFD');
  return joinSql([compareText(field.valueKey, '=', beginning, dialect), whole], 'AND');
}
