import { distance } from 'fastest-levenshtein';
import { searchError } from './search-error';
import { SearchTerm } from './search-node';
import { Sql } from './sql-fragment';

/**
 * Where a field lives when not in the searched table: the condition becomes
 * `column IN (SELECT table.key FROM table WHERE …)`, so that a small table is resolved first, an index on `column` is
 * used, and two conditions on a to-many relation stay independent.
 */
interface Relation {
  column: string;
  table: string;
  key: string;
  /** What stands after FROM where it is more than `table`: joins, one of them to `table`. */
  from?: string;
}

interface FieldBase {
  /** Other names of the field; they are searched but not suggested. */
  aliases?: readonly string[];
  /** What `completeSearch` asks its caller for to suggest values; without it no values are suggested. */
  valueSource?: string;
  /** Conditions on it count among the costly ones: they take a lookup for each row. Those on key-value fields always do. */
  costly?: boolean;
}

export interface ColumnField extends FieldBase {
  /** SQL expression of the value, with its table's name. */
  sql: string;
  through?: Relation;
  /** A column that is NULL exactly where `sql` is: `has` looks at both, so that an index of either serves. */
  unsetWith?: string;
  /** Nothing that a list could be sorted by. */
  unsortable?: boolean;
  /** Few rows have one value of it, and an index finds them: `=` is a lookup. */
  identifies?: boolean;
  /** The expression is never NULL: sorting needs no NULLS clause then and can follow an index. */
  required?: boolean;
}

/**
 * Text, which the database compares and sorts by code points (`TextColumn`). `normalise` brings a value into the stored form (lower case, say) for `=`, `!=` and lists. */
export interface StringField extends ColumnField {
  type: 'string';
  /** Words without a field are looked for here; given as characters, only words of nothing but these and wildcards. */
  freeText?: boolean | RegExp;
  normalise?: (value: string) => string;
  /** Another expression that says the same in other words (a short name and a full one): either may match. */
  alternative?: string;
  /** Text of any length: patterns are looked for in its beginning alone. */
  long?: boolean;
  /** Text of digits such as a version's part: greater and less go by size, so that 10 is more than 9. */
  digits?: boolean;
}

/** Whole numbers; `datetime` is an instant as epoch milliseconds. */
export interface OrdinalField extends ColumnField {
  type: 'integer' | 'datetime';
  /** Numbers to suggest. */
  examples?: readonly string[];
}

/** A condition of its own: SQL without values, or made for the instant of the search (epoch milliseconds). */
export type Predicate = string | ((nowMs: number) => Sql);

/** One of a few named values, each with its condition. `sql` is what `has` looks at and what sorting follows. */
export interface SetField extends ColumnField {
  type: 'set';
  values: Readonly<Record<string, Predicate>>;
}

/**
 * `field.NAME`: rows of (owner, name, value). `number` is the value as a number, NULL where `numberOf` says it is none;
 * `valueKey` holds the value's first `valueKeyLength` characters (UTF-16 units, made well-formed) and is what is indexed.
 */
export interface KeyValueField extends FieldBase {
  type: 'keyValue';
  /** The searched table's id, e.g. `hosts.id`. */
  owner: string;
  table: string;
  ownerKey: string;
  nameKey: string;
  /** The table of names, with columns `id` and `name`. */
  names: string;
  value: string;
  valueKey: string;
  valueKeyLength: number;
  number: string;
  /** What `completeSearch` asks its caller for to suggest names. */
  nameSource?: string;
}

export type SearchField = StringField | OrdinalField | SetField | KeyValueField;

/** What one search may ask of a table, so that none holds the service up; it goes by how many rows the table may have. */
export interface SearchLimits {
  /** Conditions; the values of a list count as one. */
  terms: number;
  /** Of these, those that take long: see `costlyAre`. A word that is looked for in several fields counts twice. */
  costly: number;
  /** What they are, in the plural. */
  costlyAre: string;
}

/** For a hundred thousand rows. */
const LIMITS: SearchLimits = {
  terms: 100,
  costly: 20,
  costlyAre: 'patterns, facts and virtual machines, or half as many words',
};

/** The fields of a searched table; make it with `defineFields`. */
export interface FieldDefinitions {
  /** The searched table; its key is the column `id`. */
  readonly table: string;
  readonly limits: SearchLimits;
  /** By name and alias. */
  readonly byName: ReadonlyMap<string, SearchField>;
  /** Names without aliases, in the order of definition. */
  readonly names: readonly string[];
  /** What words without a field are looked for in. */
  readonly freeText: readonly StringField[];
}

/** Throws `Error` where two fields have one name. */
export function defineFields(
  table: string,
  fields: Readonly<Record<string, SearchField>>,
  limits: SearchLimits = LIMITS,
): FieldDefinitions {
  const byName = new Map<string, SearchField>();
  for (const [name, field] of Object.entries(fields)) {
    for (const key of [name, ...(field.aliases ?? [])]) {
      if (byName.has(key)) throw new Error(`Two search fields are named ${key}`);
      byName.set(key, field);
    }
  }
  const freeText = Object.values(fields).filter(
    (field): field is StringField => field.type === 'string' && !!field.freeText,
  );
  return { table, limits, byName, names: Object.keys(fields), freeText };
}

/** Whether a word without a field can be in this one. */
export function mayContain({ freeText }: StringField, word: string): boolean {
  return freeText instanceof RegExp ? [...word].every((char) => '*%'.includes(char) || freeText.test(char)) : true;
}

/** A true/false field on a boolean column, compared so that an index beginning with the column is used. */
export function booleanField(column: string, more: Partial<SetField> = {}): SetField {
  return { type: 'set', sql: column, values: { true: `${column} = true`, false: `${column} = false` }, ...more };
}

/** A field as a search names it: with the rest of the name where it is a key-value field. */
export type NamedField =
  { field: Exclude<SearchField, KeyValueField>; name: string } | { field: KeyValueField; name: string; key: string };

/** Throws `search_syntax` for a name that is no field, with the names it may have meant. */
export function findField(fields: FieldDefinitions, { text: name, at }: SearchTerm): NamedField {
  const field = fields.byName.get(name);
  if (field && field.type !== 'keyValue') return { field, name };
  const dot = name.indexOf('.');
  const keyed = field ?? (dot > 0 ? fields.byName.get(name.slice(0, dot)) : undefined);
  if (keyed?.type !== 'keyValue') {
    const remedy = suggestion(
      fields,
      name,
      'use a field that the search box suggests, or put the text in double quotes',
    );
    throw searchError(`Field '${name}' not recognized for searching${remedy}`, at);
  }
  const key = dot > 0 ? name.slice(dot + 1) : '';
  if (!key) throw searchError(`Field '${name}' needs a name after the dot: write ${name.replace('.', '')}.NAME`, at);
  return { field: keyed, name, key };
}

const MAX_NAME_LENGTH = 40;
const MAX_SUGGESTIONS = 3;

/** Names that a message can list. */
const FEW_NAMES = 20;

/** "; did you mean 'hostgroup'?", or `otherwise` where nothing is near. */
export function suggestion(
  { byName, names }: Pick<FieldDefinitions, 'byName' | 'names'>,
  name: string,
  otherwise: string,
): string {
  const wanted = name.toLowerCase();
  const allowed = Math.min(3, Math.max(1, Math.floor(wanted.length / 2)));
  const near = [...byName.keys()]
    .map((known) => ({ known, changes: distanceOf(wanted, known) }))
    .filter(({ changes }) => changes <= allowed)
    .sort((a, b) => a.changes - b.changes)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ known }) => `'${known}'`);
  if (near.length) return `; did you mean ${near.join(' or ')}?`;
  if (names.length <= FEW_NAMES) return `; the fields are ${names.join(', ')}`;
  return `; ${otherwise}`;
}

/** How many characters must change; 0 where one name ends with the other, as `failed` for `status.failed`. */
function distanceOf(wanted: string, known: string): number {
  if (known.endsWith(`.${wanted}`)) return 0;
  return wanted.length > MAX_NAME_LENGTH ? Infinity : distance(wanted, known);
}
