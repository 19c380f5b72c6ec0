import type { EnginePersonality } from '../versions';

/** A Java `int` or `long` in a representation: they are written differently from version to version. */
export class Int {
  constructor(readonly value: number) {}
}
export class Long {
  constructor(readonly value: number) {}
}

/** A list that is shown even when it is empty. */
export class Kept {
  constructor(readonly items: Wire[]) {}
}

export type Wire = null | undefined | boolean | number | string | Int | Long | Kept | Wire[] | { [name: string]: Wire };
export type WireObject = { [name: string]: Wire };

/**
 * A representation as the version's JSON writer puts it: names, scalars as text or not, nulls and empty lists left
 * out (oVirt: CustomObjectMapper.java; plural list names of 3.2 and 3.3 follow from `getUsers()`, `getVMs()`).
 */
export function encode(value: Wire, personality: EnginePersonality): unknown {
  if (value instanceof Int) return personality.integersAsText ? String(value.value) : value.value;
  if (value instanceof Kept) return encode(value.items, personality);
  if (value instanceof Long) return personality.longsAsText ? String(value.value) : value.value;
  if (typeof value === 'boolean') return personality.booleansAsText ? String(value) : value;
  if (Array.isArray(value)) return value.map((item) => encode(item, personality));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null && item !== undefined && !(Array.isArray(item) && item.length === 0))
      .map(([name, item]) => [
        wireName(name, Array.isArray(item), personality),
        encode(personality.major < 4 ? asState(name, item) : item, personality),
      ]),
  );
}

/** The members of a body as they were posted. */
export function wireOf(object: Readonly<Record<string, unknown>>): WireObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, toWire(value)]));
}

function toWire(value: unknown): Wire {
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value === 'object' && value !== null) return wireOf({ ...value });
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** 3.x wraps a status as `{"state": …}`, 4.x writes the word alone. */
function asState(name: string, item: Wire): Wire {
  return typeof item === 'string' && (name === 'status' || name === 'creation_status') ? { state: item } : item;
}

function wireName(name: string, isList: boolean, { beanNames }: EnginePersonality): string {
  if (!beanNames) return name;
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return isList ? `${camel}s` : camel;
}
