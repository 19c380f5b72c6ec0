/** `passwordHash` → `password_hash`, as SnakeNaming names columns. */
type Snake<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Snake<Rest>}`
  : Name;

/** Properties that are columns: entities declare these without `?`, and what they are related to with it. */
type ColumnProperty<Entity> = {
  [Name in keyof Entity & string]: object extends Pick<Entity, Name> ? never : Name;
}[keyof Entity & string];

/** How both drivers give what an entity has as `Value`: instants in epoch milliseconds, JSON as its text. */
type Raw<Value> = Value extends Date
  ? number
  : Value extends boolean
    ? boolean | 0 | 1
    : Value extends string | number | null
      ? Value
      : string;

type Row<Entity> = { [Name in ColumnProperty<Entity> as Snake<Name>]: Raw<Entity[Name]> };

/** The name of a column of an entity's table. */
export type ColumnOf<Entity> = keyof Row<Entity> & string;

/** What raw SQL gives of these columns of an entity's table; of all unless told. */
export type RowOf<Entity, Column extends ColumnOf<Entity> = ColumnOf<Entity>> = Pick<Row<Entity>, Column>;

/** Columns of a table that a LEFT JOIN may find no row of. */
export type OrNull<Columns> = { [Column in keyof Columns]: Columns[Column] | null };

/** Columns that the SQL asks to be NOT NULL. */
export type NotNull<Columns> = { [Column in keyof Columns]: NonNullable<Columns[Column]> };
