/** An entity as far as webadmin tells: its id is unknown where only an address names it. */
export interface NamedEntity {
  id?: string;
  name?: string;
}

/**
 * The entities of a selection event, or of a button's function: one argument each up to 4.3, from 4.4 on one array, after
 * which a button's function is told the entity whose sub-tab it is in.
 */
export function selectedEntities(given: unknown[]): NamedEntity[] {
  const items: unknown[] = Array.isArray(given[0]) ? given[0] : given;
  return items
    .map((item) => ({ id: textOf(item, 'id'), name: textOf(item, 'name') }))
    .filter(({ id, name }) => id !== undefined || name !== undefined);
}

function textOf(item: unknown, key: 'id' | 'name'): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const value: unknown = Reflect.get(item, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
