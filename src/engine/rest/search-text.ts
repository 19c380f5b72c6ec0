import { EngineError } from '../engine-error';

/** Of a request's ids: the engine takes them in its URL. */
export const MOST_IDS = 100;
/** Neither blank nor sign of the engine's search language. */
const PLAIN = /^[\w-]{1,64}$/;

/** `id=A or id=B`, of ids and words alone. Throws `invalid_id`. */
export function anyOf(field: string, values: readonly string[]): string {
  if (values.length > MOST_IDS || !values.every((value) => PLAIN.test(value)))
    throw new EngineError(
      'invalid_id',
      `A search by ${field} takes at most ${MOST_IDS} ids of letters, digits and "-"`,
    );
  return values.map((value) => `${field}=${value}`).join(' or ');
}
