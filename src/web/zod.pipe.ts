import { Injectable, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { AppError } from '../common/app-error';

type Path = readonly PropertyKey[];

/** 422 with every field at fault, named by its path (`logs.3.level`). */
function invalidFields(error: z.ZodError, placed: (path: Path) => Path = (path) => path): AppError {
  const fields: Record<string, string[]> = {};
  for (const { path, message } of error.issues) (fields[placed(path).join('.') || 'base'] ??= []).push(message);
  const [first = 'base'] = Object.keys(fields);
  return new AppError('invalid', `${first === 'base' ? '' : `${first} `}${fields[first]?.[0] ?? 'is invalid'}`.trim(), {
    fields,
  });
}

const KINDS: Record<string, string> = { string: 'a text', object: 'an object', array: 'a list', date: 'a date' };

/** What schemas find wrong, in Rails' words, unless a schema has words of its own. */
const words: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return "can't be blank";
      return `must be ${KINDS[issue.expected] ?? `a ${issue.expected}`}`;
    case 'too_big':
      return issue.origin === 'string' ? `is too long (maximum is ${issue.maximum} characters)` : undefined;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    default:
      return undefined;
  }
};

/**
 * What the schema makes of a value.
 * @param placed where in the body a path within the value is
 * @throws AppError invalid naming every field at fault
 */
export function demandValid<S extends z.ZodType>(
  schema: S,
  value: unknown,
  placed?: (path: Path) => Path,
): z.output<S> {
  const parsed = schema.safeParse(value, { error: words });
  if (!parsed.success) throw invalidFields(parsed.error, placed);
  return parsed.data;
}

/** `@Body(new ZodPipe(schema))`: what the schema makes of the body, or 422. */
@Injectable()
export class ZodPipe<S extends z.ZodType> implements PipeTransform<unknown, z.output<S>> {
  constructor(readonly schema: S) {}

  transform(value: unknown): z.output<S> {
    return demandValid(this.schema, value);
  }
}

/** A parameter without a value says nothing: forms and clients send those that were left empty. */
function filled(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  const parameters = Object.entries(query);
  return parameters.some(([, value]) => value === '')
    ? Object.fromEntries(parameters.filter(([, value]) => value !== ''))
    : query;
}

/** `@Query(new QueryPipe(schema))`: like ZodPipe, but a bad query parameter is 400, and an empty one is as if absent. */
@Injectable()
export class QueryPipe<S extends z.ZodType> implements PipeTransform<unknown, z.output<S>> {
  constructor(readonly schema: S) {}

  transform(value: unknown): z.output<S> {
    const parsed = this.schema.safeParse(filled(value), { error: words });
    if (!parsed.success) {
      const { message, details } = invalidFields(parsed.error);
      throw new AppError('bad_request', message, details);
    }
    return parsed.data;
  }
}
