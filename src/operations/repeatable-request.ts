import type { Request } from 'express';
import type { RepeatableRequest } from './idempotency.store';

/** A request that is carried out once, where it says so by its Idempotency-Key. */
export function repeatable(request: Request): RepeatableRequest | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined) return undefined;
  const { method, path, query, body } = request as Request & { body: unknown };
  return { method, path, key, body: { query, body } };
}
