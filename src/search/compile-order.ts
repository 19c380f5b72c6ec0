import { FieldDefinitions, suggestion } from './field-definitions';
import { searchError } from './search-error';

/**
 * `name`, `name desc`, `last_report ASC` as an ORDER BY term; values that are not there come first in ascending order
 * on both databases, as Foreman has it. The caller adds a unique tie-breaker. null where the text is blank.
 * Throws `search_syntax` for a field that is unknown or cannot be sorted by, and for any other second word.
 */
export function compileOrder(text: string, fields: FieldDefinitions): string | null {
  const [name, direction = 'asc', ...rest] = text.trim().split(/\s+/);
  if (!name) return null;
  const field = fields.byName.get(name);
  if (!field) {
    const hint = suggestion(fields, name);
    throw searchError(`the field '${name}' in the order statement is not valid field for search${hint}`);
  }
  if (field.type === 'keyValue' || field.through?.many)
    throw searchError(`This list cannot be sorted by '${name}'; use another field`);
  const order = direction.toUpperCase();
  if (rest.length > 0 || (order !== 'ASC' && order !== 'DESC')) {
    throw searchError(`The order '${text.trim()}' is not understood; write '${name} asc' or '${name} desc'`);
  }
  const nulls = field.required ? '' : order === 'ASC' ? ' NULLS FIRST' : ' NULLS LAST';
  const relation = field.through;
  const expression = relation
    ? `(SELECT ${field.sql} FROM ${relation.table} WHERE ${relation.table}.${relation.key} = ${relation.column})`
    : field.sql;
  return `${expression} ${order}${nulls}`;
}
