import { Injectable, Logger } from '@nestjs/common';
import { Clock, DAY_MS } from '../common/clock';
import { notFound } from '../common/app-error';
import type { ListRequest, Page } from '../common/paging';
import { rowIdIn } from '../common/row-id';
import { Database, Memo, Signals, UnitOfWork, type ColumnOf, type RowOf, type Transaction } from '../database';
import { compare, searchPage } from '../search';
import { digestOf, randomToken } from './token';
import { tokenFields } from './access-token-search.fields';
import type { PersonalAccessToken } from './credential.entities';

export interface AccessTokenDetails {
  id: number;
  userId: number;
  name: string;
  createdAt: Date;
  /** Null = never. */
  expiresAt: Date | null;
  /** To the day; null = never. */
  lastUsedAt: Date | null;
  revoked: boolean;
}

/** The secret is known this once. */
export interface NewToken {
  token: AccessTokenDetails;
  secret: string;
}

const SHOWN = [
  'id',
  'user_id',
  'name',
  'created_at',
  'expires_at',
  'last_used_at',
  'revoked',
] as const satisfies ColumnOf<PersonalAccessToken>[];
type TokenRow = RowOf<PersonalAccessToken, (typeof SHOWN)[number]>;

const COLUMNS = SHOWN.join(', ');
const SELECT = `SELECT ${COLUMNS} FROM personal_access_tokens`;
const LIST = { fields: tokenFields, select: SELECT, order: 'personal_access_tokens.id DESC' };

const dateOf = (instant: number | null) => (instant === null ? null : new Date(instant));

function toToken(row: TokenRow): AccessTokenDetails {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    createdAt: new Date(row.created_at),
    expiresAt: dateOf(row.expires_at),
    lastUsedAt: dateOf(row.last_used_at),
    revoked: Boolean(row.revoked),
  };
}

/** Bearer tokens of users. */
@Injectable()
export class AccessTokenStore {
  private readonly logger = new Logger(AccessTokenStore.name);
  private readonly known = new Memo((digest: string) => this.load(digest));

  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly signals: Signals,
  ) {
    for (const topic of ['users', 'engines'] as const) signals.on(topic, () => this.known.forget());
  }

  /**
   * The user of a token that is neither revoked nor expired, nor of an engine whose auth source is switched off; else
   * null. When it was used is kept to the day.
   */
  async userOf(token: string): Promise<number | null> {
    const found = await this.known.get(digestOf(token));
    if (found === null) return null;
    if (found.expiresAt === null || found.expiresAt > this.nowMs) return found.userId;
    await this.work.run((tx) => this.revokeExpired(tx)); // or they would be alive again when the clock steps back
    return null;
  }

  /** Tokens of a user, newest first; the secret itself is not kept. */
  async list(userId: number): Promise<AccessTokenDetails[]> {
    const rows = await this.database.query<TokenRow>(`${SELECT} WHERE user_id = ? ORDER BY id DESC LIMIT 1000`, [
      userId,
    ]);
    return rows.map(toToken);
  }

  /** Newest first unless ordered. @throws AppError search_syntax */
  async page(userId: number, request: ListRequest): Promise<Page<AccessTokenDetails>> {
    const scope = compare('user_id', '=', String(userId));
    const found = await searchPage<TokenRow>(this.database, this.clock.now(), LIST, request, scope);
    return { ...found, rows: found.rows.map(toToken) };
  }

  /** Makes a token. @returns the secret too, shown once; it is stored nowhere */
  async create(
    tx: Transaction,
    userId: number,
    { name, expiresAt }: { name: string; expiresAt: Date | null },
  ): Promise<NewToken> {
    const secret = randomToken();
    const [row] = await tx.query<TokenRow>(
      `INSERT INTO personal_access_tokens (user_id, name, token_digest, created_at, expires_at, revoked)
       VALUES (?, ?, ?, ?, ?, ?) RETURNING ${COLUMNS}`,
      [userId, name, digestOf(secret), this.clock.now().getTime(), expiresAt?.getTime() ?? null, false],
    );
    if (row === undefined) throw new Error('the token was not made');
    return { token: toToken(row), secret };
  }

  /** Takes effect at once. @throws AppError not_found when the user has no such token */
  async revoke(tx: Transaction, userId: number, key: string): Promise<AccessTokenDetails> {
    const [row] = await tx.query<TokenRow>(
      `UPDATE personal_access_tokens SET revoked = ? WHERE user_id = ? AND id = ? RETURNING ${COLUMNS}`,
      [true, userId, rowIdIn(key) ?? 0],
    );
    if (row === undefined) throw notFound('personal_access_token', key);
    await this.signals.notify(tx, 'users');
    return toToken(row);
  }

  private async revokeExpired(tx: Transaction): Promise<void> {
    const sql = 'UPDATE personal_access_tokens SET revoked = ? WHERE revoked = ? AND expires_at <= ?';
    await tx.execute(sql, [true, false, this.nowMs]);
    await this.signals.notify(tx, 'users');
  }

  private async load(digest: string): Promise<{ userId: number; expiresAt: number | null } | null> {
    const [row] = await this.database.query<
      RowOf<PersonalAccessToken, 'id' | 'user_id' | 'expires_at' | 'last_used_at'>
    >(
      `SELECT t.id, t.user_id, t.expires_at, t.last_used_at FROM personal_access_tokens t JOIN users u ON u.id = t.user_id
       WHERE t.token_digest = ? AND t.revoked = ? AND (u.engine_id IS NULL
         OR EXISTS (SELECT 1 FROM compute_resources c WHERE c.engine_id = u.engine_id AND c.enabled = ?))`,
      [digest, false, true],
    );
    if (row === undefined) return null;
    if ((row.last_used_at ?? 0) < this.nowMs - DAY_MS) this.used(row.id);
    return { userId: row.user_id, expiresAt: row.expires_at };
  }

  /** Nobody waits for it: a database that takes no writes now lets tokens read. */
  private used(id: number): void {
    const sql = 'UPDATE personal_access_tokens SET last_used_at = ? WHERE id = ?';
    this.work
      .run((tx) => tx.execute(sql, [this.nowMs, id]))
      .catch((error: unknown) => this.logger.warn(error, 'the use of a token could not be noted'));
  }

  private get nowMs(): number {
    return this.clock.now().getTime();
  }
}
