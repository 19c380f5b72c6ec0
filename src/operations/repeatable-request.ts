import type { Request } from 'express';
import type { RepeatableRequest } from './idempotency.store';

/** A request that is carried out once, where it says so by its Idempotency-Key. */
export function repeatable(request: Request): RepeatableRequest | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined) return undefined;
  const said: unknown = { query: request.query, body: request.body as unknown };
  return { method: request.method, path: request.path, key, body: said };
}
