import { FieldDefinitions, KeyValueField, SearchField, suggestion } from './field-definitions';
import { orderError } from './search-error';

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
    const hint = suggestion(sortable(fields), name, `order by a field such as '${fields.names[0]}'`);
    throw orderError(`the field '${name}' in the order statement is not valid field for search${hint}`);
  }
  if (!isSortable(field)) throw orderError(`This list cannot be sorted by '${name}'; use another field`);
  const order = direction.toUpperCase();
  if (rest.length > 0 || (order !== 'ASC' && order !== 'DESC')) {
    throw orderError(`The order '${text.trim()}' is not understood; write '${name} asc' or '${name} desc'`);
  }
  const nulls = field.required ? '' : order === 'ASC' ? ' NULLS FIRST' : ' NULLS LAST';
  return sortedBy(field)
    .map((expression) => `${expression} ${order}${nulls}`)
    .join(', ');
}

const isSortable = (field: SearchField): field is Exclude<SearchField, KeyValueField> =>
  field.type !== 'keyValue' && field.unsortable !== true;

function sortable({ byName, names }: FieldDefinitions): Pick<FieldDefinitions, 'byName' | 'names'> {
  const known = new Map([...byName].filter(([, field]) => isSortable(field)));
  return { byName: known, names: names.filter((name) => known.has(name)) };
}

/** Digits go by size: fewer are less, as many go by their order. */
function sortedBy(field: Exclude<SearchField, KeyValueField>): string[] {
  const relation = field.through;
  const values = field.type === 'string' && field.digits ? [`length(${field.sql})`, field.sql] : [field.sql];
  if (!relation) return values;
  const { column, table, key, from = table } = relation;
  return values.map((value) => `(SELECT ${value} FROM ${from} WHERE ${table}.${key} = ${column})`);
}
