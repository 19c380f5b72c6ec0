import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, DAY_MS } from '../../common/clock';
import { Database, Memo, Signals, UnitOfWork, rowsFromJson, type RowOf, type Transaction } from '../../database';
import { SecretBox } from '../../secrets';
import type { AccessKey } from './access-key.entity';
import { FROM_KEYS, KEY_COLUMNS, toAccessKey, type AccessKeyDetails, type AccessKeyRow } from './access-key-row';

/** A key that serves: neither revoked nor expired, of somebody who may sign in to an engine that signs people in. */
export interface LiveAccessKey extends AccessKeyDetails {
  /** What a temporary one stands on. */
  sessionDigest: string | null;
  /** Of the token that is sent with a temporary one. */
  tokenDigest: string | null;
  sealedSecret: string;
  sealedPassword: string | null;
  /** The origin that a long-lived one's password was given for. */
  engineOrigin: string | null;
}

const SECRETS = ['session_digest', 'token_digest', 'sealed_secret', 'sealed_password', 'engine_origin'] as const;
type LiveRow = AccessKeyRow & RowOf<AccessKey, (typeof SECRETS)[number]>;

/** What is changed elsewhere is heard of by the topics; a session that was idle for too long is asked for by itself. */
const SELECT_LIVE = `SELECT ${KEY_COLUMNS}, ${SECRETS.map((column) => `access_keys.${column}`).join(', ')} ${FROM_KEYS}
  WHERE access_keys.revoked = ? AND users.disabled = ? AND compute_resources.enabled = ?
    AND users.engine_id = compute_resources.engine_id`;

/** Access keys as programs use them. */
@Injectable()
export class AccessKeys implements OnApplicationBootstrap {
  private readonly logger = new Logger(AccessKeys.name);
  private readonly known = new Memo((accessKeyId: string) => this.load('access_key_id', accessKeyId));

  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly secrets: SecretBox,
    private readonly signals: Signals,
  ) {
    for (const topic of ['access keys', 'users', 'engines', 'sessions'] as const)
      signals.on(topic, () => this.known.forget());
  }

  /** The live key of this id (`FO…`); null when there is none. */
  async find(accessKeyId: string): Promise<LiveAccessKey | null> {
    const key = await this.known.get(accessKeyId);
    return key !== null && (await this.isLive(key)) ? key : null;
  }

  /** The same by row id, as it is in the database now. */
  async get(id: number): Promise<LiveAccessKey | null> {
    const key = await this.load('id', id);
    return key !== null && (await this.isLive(key)) ? key : null;
  }

  /** Keeps to the day that a key is used. Nobody waits for it: a database that takes no writes now lets keys read. */
  used(key: LiveAccessKey): void {
    const now = this.clock.now();
    if (key.lastUsedAt !== null && Math.abs(now.getTime() - key.lastUsedAt.getTime()) < DAY_MS) return;
    key.lastUsedAt = now;
    this.work
      .run((tx) => tx.execute('UPDATE access_keys SET last_used_at = ? WHERE id = ?', [now.getTime(), key.id]))
      .catch((error: unknown) => this.logger.warn(error, 'the use of an access key could not be noted'));
  }

  /** What its caller signs with, or sends: 40 characters. @throws Error when the secret key was changed since */
  secretOf({ accessKeyId, sealedSecret }: LiveAccessKey): string {
    return this.secrets.open(sealedSecret, secretPurpose(accessKeyId)).text;
  }

  /** Of a long-lived one. @throws Error when the secret key was changed since */
  passwordOf({ accessKeyId, sealedPassword }: LiveAccessKey): string {
    if (sealedPassword === null) throw new Error('a temporary access key has no password');
    return this.secrets.open(sealedPassword, passwordPurpose(accessKeyId)).text;
  }

  /** Call when the engine took its password no more: a few more tries would lock the account there. */
  async passwordRefused(id: number): Promise<void> {
    await this.work.run(async (tx) => {
      await tx.execute('UPDATE access_keys SET password_refused = ? WHERE id = ?', [true, id]);
      await this.signals.notify(tx, 'access keys', id);
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.work.run((tx) => this.sealAnew(tx));
  }

  /** What has expired is revoked, or it would be alive again when the clock steps back. */
  private async isLive({ id, expiresAt }: LiveAccessKey): Promise<boolean> {
    if (expiresAt === null || expiresAt.getTime() > this.nowMs) return true;
    await this.work.run(async (tx) => {
      await tx.execute('UPDATE access_keys SET revoked = ? WHERE id = ?', [true, id]);
      await this.signals.notify(tx, 'access keys', id);
    });
    return false;
  }

  private async load(column: 'access_key_id' | 'id', value: string | number): Promise<LiveAccessKey | null> {
    const sql = `${SELECT_LIVE} AND access_keys.${column} = ?`;
    const [row] = await this.database.query<LiveRow>(sql, [false, false, true, value]);
    if (row === undefined) return null;
    return {
      ...toAccessKey(row),
      sessionDigest: row.session_digest,
      tokenDigest: row.token_digest,
      sealedSecret: row.sealed_secret,
      sealedPassword: row.sealed_password,
      engineOrigin: row.engine_origin,
    };
  }

  /** Seals anew what the previous secret key sealed. What no key opens serves nobody, and is said. */
  private async sealAnew(tx: Transaction): Promise<void> {
    const kept = await tx.query<RowOf<AccessKey, 'id' | 'access_key_id' | 'sealed_secret' | 'sealed_password'>>(
      'SELECT id, access_key_id, sealed_secret, sealed_password FROM access_keys WHERE revoked = ?',
      [false],
    );
    const fresh = kept.flatMap(({ id, access_key_id: key, sealed_secret: secret, sealed_password: password }) => {
      try {
        const newSecret = this.secrets.sealAnew(secret, secretPurpose(key));
        const newPassword = password && this.secrets.sealAnew(password, passwordPurpose(key));
        return newSecret === null && newPassword === null ? [] : [[id, newSecret ?? secret, newPassword ?? password]];
      } catch {
        this.logger.error(`access key ${key} does not open: set SECRET_KEY_PREVIOUS, or make another in its place`);
        return [];
      }
    });
    if (fresh.length === 0) return;
    const rows = rowsFromJson(tx.dialect, ['integer', 'text', 'text']);
    await tx.execute(
      `UPDATE access_keys SET sealed_secret = fresh.c1, sealed_password = fresh.c2 FROM (${rows}) AS fresh WHERE id = fresh.c0`,
      [JSON.stringify(fresh)],
    );
  }

  private get nowMs(): number {
    return this.clock.now().getTime();
  }
}

/** They bind what is sealed to its key: copied into another row it does not open. */
export const secretPurpose = (accessKeyId: string): string => `access key secret ${accessKeyId}`;
export const passwordPurpose = (accessKeyId: string): string => `access key password ${accessKeyId}`;
