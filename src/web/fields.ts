import { z } from 'zod';
import { storable } from '../common/storable';

/** True or false, as JSON, forms and queries say it. A form repeats a check box's name: the last one counts. */
export const Flag = z.preprocess(
  (value) => (Array.isArray(value) ? (value as unknown[]).at(-1) : value),
  z
    .union([z.boolean(), z.literal([0, 1]), z.stringbool()], 'must be true or false')
    .transform((value) => Boolean(value)),
);

/** A number, as JSON, forms and queries write it: nothing else becomes one. */
export const numeric = <S extends z.ZodType>(number: S): z.ZodPreprocess<S> =>
  z.preprocess((value) => (typeof value === 'string' ? Number(value) : value), number);

/** Text that is stored. How long it may be is checked where a form can be shown again with what was typed. */
export const Text = z.string().transform(storable);

/** A body with its fields under one of the keys, as Foreman's clients and our forms send it; bare is understood, too. */
export const wrapped = <S extends z.ZodType>(fields: S, ...keys: string[]): z.ZodPreprocess<S> =>
  z.preprocess((body) => {
    if (typeof body !== 'object' || body === null) return body;
    const entries = new Map<string, unknown>(Object.entries(body));
    return entries.get(keys.find((key) => entries.has(key)) ?? '') ?? body;
  }, fields);
