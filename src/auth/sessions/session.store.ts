import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, MINUTE_MS } from '../../common/clock';
import { Database, Memo, Signals, rowsFromJson, type NotNull, type RowOf, type Transaction } from '../../database';
import { SecretBox } from '../../secrets';
import type { Session } from '../credential.entities';
import { digestOf, randomToken } from '../token';
import {
  SELECT_SESSIONS,
  toSession,
  type EngineProof,
  type EngineSecret,
  type NewProof,
  type SessionRow,
  type StoredSession,
} from './stored-session';

export const IDLE_MINUTES = Symbol('SESSION_IDLE_MINUTES');

/** Browser sessions, in the database so that several instances share them. They end after some idle time. */
@Injectable()
export class SessionStore {
  private readonly logger = new Logger(SessionStore.name);
  private readonly known = new Memo((digest: string) => this.load(digest));

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly box: SecretBox,
    private readonly signals: Signals,
    @Inject(IDLE_MINUTES) private readonly idleMinutes: number,
  ) {
    for (const topic of ['sessions', 'users', 'engines'] as const) signals.on(topic, () => this.known.forget());
  }

  /** A new session of a user. @returns the cookie's value; it is stored nowhere */
  async create(tx: Transaction, userId: number, engine?: NewProof): Promise<string> {
    const token = randomToken();
    const digest = digestOf(token);
    const now = this.nowMs;
    await tx.execute(
      `INSERT INTO sessions (token_digest, user_id, created_at, expires_at, engine_id, sealed_secret, proved_at, opened_here)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        digest,
        userId,
        now,
        now + this.idleMs,
        engine?.engineId ?? null,
        engine === undefined ? null : this.box.seal(`${engine.secret}\n${engine.origin ?? ''}`, purposeOf(digest)),
        engine === undefined ? null : now,
        engine?.openedHere ?? false,
      ],
    );
    if (engine !== undefined) await this.signals.notify(tx, 'sign-ins', userId);
    return token;
  }

  /** The session of a cookie, unless it ended or was idle for too long. */
  find(token: string): Promise<StoredSession | null> {
    return this.byDigest(digestOf(token));
  }

  /** The same by its digest. */
  async byDigest(digest: string): Promise<StoredSession | null> {
    const session = await this.known.get(digest);
    if (session === null || session.expiresAt > this.nowMs) return session;
    await this.end(session.digest); // or it would be alive again when the clock steps back
    return null;
  }

  /** Sessions of a person that stand on an engine session of theirs, the newest first, at most ten. */
  async liveOf(userId: number, engineId: number): Promise<StoredSession[]> {
    const rows = await this.database.query<SessionRow>(
      `${SELECT_SESSIONS} WHERE user_id = ? AND engine_id = ? AND expires_at > ? ORDER BY created_at DESC, token_digest LIMIT 10`,
      [userId, engineId, this.nowMs],
    );
    return rows.map(toSession);
  }

  /**
   * Counts as activity; written once a minute, or ten times in a shorter idle time. Nobody waits for it: a database that
   * takes no writes now lets people read.
   */
  extend(session: StoredSession): void {
    const { digest, expiresAt: before } = session;
    const expiresAt = this.nowMs + this.idleMs;
    if (Math.abs(expiresAt - before) < Math.min(MINUTE_MS, this.idleMs / 10)) return;
    session.expiresAt = expiresAt;
    const sql = 'UPDATE sessions SET expires_at = ? WHERE token_digest = ?';
    this.database.unitOfWork
      .run((tx) => tx.execute(sql, [expiresAt, digest]))
      .catch((error: unknown) => {
        session.expiresAt = before;
        this.logger.warn(error, 'a session could not be extended');
      });
  }

  /** @throws Error when the secret key was changed since */
  secretOf({ digest }: StoredSession, { sealedSecret }: EngineProof): EngineSecret {
    const [secret = '', origin] = this.box.open(sealedSecret, purposeOf(digest)).text.split('\n');
    return { secret, origin: origin === '' ? undefined : origin };
  }

  async proved({ digest }: StoredSession, engine: EngineProof): Promise<void> {
    engine.provedAt = this.nowMs;
    await this.database.unitOfWork.run((tx) =>
      tx.execute('UPDATE sessions SET proved_at = ? WHERE token_digest = ?', [engine.provedAt, digest]),
    );
  }

  /** What an engine was last asked of a person's sessions counts no more: it is asked again before one serves. */
  async doubt(userId: number, engineId: number, provedAt: number): Promise<void> {
    const sql = 'UPDATE sessions SET proved_at = ? WHERE user_id = ? AND engine_id = ? AND proved_at > ?';
    await this.database.unitOfWork.run(async (tx) => {
      await tx.execute(sql, [provedAt, userId, engineId, provedAt]);
      await this.signals.notify(tx, 'sessions');
    });
  }

  /** @returns whether there was one */
  end(digest: string): Promise<boolean> {
    return this.database.unitOfWork.run(async (tx) => {
      const ended = await tx.execute('DELETE FROM sessions WHERE token_digest = ?', [digest]);
      if (ended > 0) await this.signals.notify(tx, 'sessions');
      return ended > 0;
    });
  }

  /** Ends all sessions of a user but the one with the digest `except`. */
  async endAllOf(tx: Transaction, userId: number, except = ''): Promise<void> {
    await tx.execute('DELETE FROM sessions WHERE user_id = ? AND token_digest <> ?', [userId, except]);
    await this.signals.notify(tx, 'sessions');
  }

  /** Removes expired sessions, and with them the engine secrets they held. */
  async sweep(): Promise<void> {
    await this.database.unitOfWork.run((tx) => tx.execute('DELETE FROM sessions WHERE expires_at <= ?', [this.nowMs]));
  }

  /** Seals engine secrets anew that the previous secret key sealed. What no key opens cannot be confirmed, and ends so. */
  async sealAnew(): Promise<void> {
    await this.database.unitOfWork.run(async (tx) => {
      const kept = await tx.query<NotNull<RowOf<Session, 'token_digest' | 'sealed_secret'>>>(
        'SELECT token_digest, sealed_secret FROM sessions WHERE sealed_secret IS NOT NULL AND expires_at > ?',
        [this.nowMs],
      );
      const fresh = kept.flatMap((row) => {
        const sealed = this.sealedAnew(row.sealed_secret, purposeOf(row.token_digest));
        return sealed === null ? [] : [[row.token_digest, sealed]];
      });
      if (fresh.length === 0) return;
      await tx.execute(
        `UPDATE sessions SET sealed_secret = fresh.c1 FROM (${rowsFromJson(tx.dialect, ['text', 'text'])}) AS fresh
         WHERE token_digest = fresh.c0`,
        [JSON.stringify(fresh)],
      );
    });
  }

  /** @returns null for what needs it not, or does not open */
  private sealedAnew(sealed: string, purpose: string): string | null {
    try {
      return this.box.sealAnew(sealed, purpose);
    } catch {
      return null;
    }
  }

  private async load(digest: string): Promise<StoredSession | null> {
    const [row] = await this.database.query<SessionRow>(`${SELECT_SESSIONS} WHERE token_digest = ?`, [digest]);
    return row === undefined ? null : toSession(row);
  }

  private get nowMs(): number {
    return this.clock.now().getTime();
  }

  private get idleMs(): number {
    return this.idleMinutes * MINUTE_MS;
  }
}

/** Binds a sealed engine secret to its session: copied into another row it does not open. */
function purposeOf(digest: string): string {
  return `engine session ${digest}`;
}
