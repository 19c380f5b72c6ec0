import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { AppError, invalid } from '../common/app-error';
import { Clock, DAY_MS } from '../common/clock';
import { Database, type RowOf, type SqlRunner, type Transaction } from '../database';
import type { IdempotencyKey } from './operation.entity';

/** A request that is carried out once, however often it comes. */
export interface RepeatableRequest {
  method: string;
  path: string;
  /** The header Idempotency-Key. */
  key: string;
  /** All else that it says. */
  body: unknown;
}

interface Owner {
  userId: number | null;
  accessKeyId: number | null;
}

/** Which operation a request with an Idempotency-Key began, for a day. */
@Injectable()
export class IdempotencyStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns id of the operation that the same request began; null when it is new @throws AppError conflict idempotency_mismatch, invalid */
  find(owner: Owner, request: RepeatableRequest): Promise<string | null> {
    return this.findIn(this.database, owner, request);
  }

  /** Keeps what the request begins. @returns id of the operation that the same request began meanwhile, null when there was none */
  async keep(tx: Transaction, owner: Owner, request: RepeatableRequest, operationId: string): Promise<string | null> {
    const now = this.clock.now().getTime();
    await tx.execute(
      'DELETE FROM idempotency_keys WHERE owner = ? AND method = ? AND path = ? AND key = ? AND created_at < ?',
      [...keyOf(owner, request), now - DAY_MS],
    );
    const added = await tx.execute(
      `INSERT INTO idempotency_keys (owner, method, path, key, body_digest, operation_id, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      [...keyOf(owner, request), digestOf(request.body), operationId, now],
    );
    return added === 1 ? null : this.findIn(tx, owner, request);
  }

  private async findIn(reader: Pick<SqlRunner, 'query'>, owner: Owner, request: RepeatableRequest) {
    const [row] = await reader.query<RowOf<IdempotencyKey, 'operation_id' | 'body_digest'>>(
      `SELECT operation_id, body_digest FROM idempotency_keys
       WHERE owner = ? AND method = ? AND path = ? AND key = ? AND created_at >= ?`,
      [...keyOf(owner, request), this.clock.now().getTime() - DAY_MS],
    );
    if (row === undefined) return null;
    if (row.body_digest === digestOf(request.body)) return row.operation_id;
    throw new AppError(
      'conflict',
      'This Idempotency-Key came with another body or query: take a new key for a new request',
      {
        reason: 'idempotency_mismatch',
      },
    );
  }
}

function keyOf({ userId, accessKeyId }: Owner, { method, path, key }: RepeatableRequest): string[] {
  if (!/^[\x21-\x7e]{1,64}$/.test(key)) throw invalid('Idempotency-Key', 'must be 1 to 64 visible ASCII characters');
  return [accessKeyId === null ? `user ${userId ?? '-'}` : `access key ${accessKeyId}`, method, path, key];
}

const digestOf = (body: unknown) =>
  createHash('sha256')
    .update(JSON.stringify(body) ?? '')
    .digest('hex');
