/** Characters (UTF-16 units) of a fact's value that its index holds: PostgreSQL refuses long index rows. */
export const VALUE_KEY_LENGTH = 200;

/** A fact's value as it is indexed. */
export const valueKey = (value: string): string => value.slice(0, VALUE_KEY_LENGTH).toWellFormed();
