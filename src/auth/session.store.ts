import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock, MINUTE_MS } from '../common/clock';
import { Database, UnitOfWork, type Transaction } from '../database';
import { digestOf, randomToken } from './token';

export const IDLE_MINUTES = Symbol('SESSION_IDLE_MINUTES');

/** A sign-out on another instance is seen after this long. */
const CACHE_MS = 5_000;

interface KnownSession {
  userId: number;
  expiresAt: number;
}

/** Browser sessions, in the database so that several instances share them. They end after some idle time. */
@Injectable()
export class SessionStore {
  private readonly known = new LRUCache<string, KnownSession>({ max: 10_000, ttl: CACHE_MS });

  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    @Inject(IDLE_MINUTES) private readonly idleMinutes: number,
  ) {}

  /** A new session of a user. @returns the cookie's value; it is stored nowhere */
  async create(tx: Transaction, userId: number): Promise<string> {
    const token = randomToken();
    const now = this.clock.now().getTime();
    await tx.execute('DELETE FROM sessions WHERE expires_at < ?', [now]);
    await tx.execute('INSERT INTO sessions (token_digest, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)', [
      digestOf(token),
      userId,
      now,
      now + this.idleMs,
    ]);
    return token;
  }

  /** The user of a live session, or null. `background` requests do not count as activity. */
  async userOf(token: string, { background }: { background: boolean }): Promise<number | null> {
    const digest = digestOf(token);
    const session = this.known.get(digest) ?? (await this.load(digest));
    const now = this.clock.now().getTime();
    if (session === undefined || session.expiresAt <= now) return null;
    if (!background && session.expiresAt < now + this.idleMs - MINUTE_MS) await this.extend(digest, session, now);
    return session.userId;
  }

  async end(token: string): Promise<void> {
    const digest = digestOf(token);
    await this.work.run((tx) => tx.execute('DELETE FROM sessions WHERE token_digest = ?', [digest]));
    this.known.delete(digest);
  }

  private async load(digest: string): Promise<KnownSession | undefined> {
    const [row] = await this.database.query<{ user_id: number; expires_at: number }>(
      'SELECT user_id, expires_at FROM sessions WHERE token_digest = ?',
      [digest],
    );
    if (row === undefined) return undefined;
    const session = { userId: row.user_id, expiresAt: row.expires_at };
    this.known.set(digest, session);
    return session;
  }

  private async extend(digest: string, session: KnownSession, now: number): Promise<void> {
    session.expiresAt = now + this.idleMs;
    await this.work.run((tx) =>
      tx.execute('UPDATE sessions SET expires_at = ? WHERE token_digest = ?', [session.expiresAt, digest]),
    );
  }

  private get idleMs(): number {
    return this.idleMinutes * MINUTE_MS;
  }
}
