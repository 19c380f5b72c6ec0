import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock, DAY_MS } from '../common/clock';
import { Database, UnitOfWork } from '../database';
import { digestOf } from './token';

const CACHE_MS = 5_000;

/** Bearer tokens of users. */
@Injectable()
export class AccessTokenStore {
  private readonly known = new LRUCache<string, { userId: number; expiresAt: number | null }>({
    max: 5_000,
    ttl: CACHE_MS,
  });

  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The user of a token that is neither revoked nor expired, or null. When it was used is kept to the day. */
  async userOf(token: string): Promise<number | null> {
    const digest = digestOf(token);
    const now = this.clock.now().getTime();
    const found = this.known.get(digest) ?? (await this.load(digest, now));
    if (found === undefined || (found.expiresAt !== null && found.expiresAt <= now)) return null;
    return found.userId;
  }

  private async load(digest: string, now: number): Promise<{ userId: number; expiresAt: number | null } | undefined> {
    const [row] = await this.database.query<{
      id: number;
      user_id: number;
      expires_at: number | null;
      last_used_at: number | null;
    }>(
      'SELECT id, user_id, expires_at, last_used_at FROM personal_access_tokens WHERE token_digest = ? AND revoked = ?',
      [digest, false],
    );
    if (row === undefined) return undefined;
    if ((row.last_used_at ?? 0) < now - DAY_MS)
      await this.work.run((tx) =>
        tx.execute('UPDATE personal_access_tokens SET last_used_at = ? WHERE id = ?', [now, row.id]),
      );
    const found = { userId: row.user_id, expiresAt: row.expires_at };
    this.known.set(digest, found);
    return found;
  }
}
