import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { AppError, invalid, notFound } from '../../common/app-error';
import { Clock } from '../../common/clock';
import type { ListRequest, Page } from '../../common/paging';
import { rowIdIn } from '../../common/row-id';
import { Database, Signals, storable, type SqlRunner, type Transaction } from '../../database';
import { compare, searchPage } from '../../search';
import { SecretBox } from '../../secrets';
import { digestOf, randomToken } from '../token';
import { accessKeyFields } from './access-key-search.fields';
import {
  FROM_KEYS,
  KEY_COLUMNS,
  toAccessKey,
  type AccessKeyDetails,
  type AccessKeyQuota,
  type AccessKeyRow,
} from './access-key-row';
import { passwordPurpose, secretPurpose } from './access-keys';

/** What a person decides about a key. */
export interface AccessKeyFields {
  name: string;
  readOnly: boolean;
  expiresAt: Date | null;
  quota: AccessKeyQuota;
}

/** What a new key stands on. */
export type AccessKeyGround =
  { engineUser: string; password: string; engineOrigin: string } | { sessionDigest: string };

export interface AccessKeyPlace {
  userId: number;
  computeResourceId: number;
  dataCenter: { id: string; name: string | null } | null;
  defaultTtlMinutes: number | null;
}

/** The secrets are known this once. */
export interface NewAccessKey {
  key: AccessKeyDetails;
  secret: string;
  /** Of a temporary one. */
  sessionToken?: string;
}

const SELECT = `SELECT ${KEY_COLUMNS} ${FROM_KEYS}`;
const LIST = { fields: accessKeyFields, select: SELECT, order: 'access_keys.id DESC' };
/** Of a person, those that are not revoked. */
const MOST = 50;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Access keys as people manage them. */
@Injectable()
export class AccessKeyStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly secrets: SecretBox,
    private readonly signals: Signals,
  ) {}

  /** Newest first unless ordered. @param userId whose; null = everybody's @throws AppError search_syntax */
  async page(userId: number | null, request: ListRequest): Promise<Page<AccessKeyDetails>> {
    const scope = userId === null ? null : compare('user_id', '=', String(userId));
    const found = await searchPage<AccessKeyRow>(this.database, this.clock.now(), LIST, request, scope);
    return { ...found, rows: found.rows.map(toAccessKey) };
  }

  /**
   * @param key row id, access key id, or a name that one key has
   * @param userId whose; null = anybody's
   * @throws AppError not_found; invalid with reason `ambiguous`
   */
  async get(key: string, userId: number | null, from: SqlRunner = this.database): Promise<AccessKeyDetails> {
    const text = storable(key);
    const whose = userId === null ? '' : 'AND access_keys.user_id = ?';
    const rows = await from.query<AccessKeyRow>(
      `${SELECT} WHERE (access_keys.id = ? OR access_keys.access_key_id = ? OR access_keys.name = ?) ${whose}
       ORDER BY access_keys.id LIMIT ${MOST}`,
      [rowIdIn(key) ?? 0, text, text, ...(userId === null ? [] : [userId])],
    );
    const keys = rows.map(toAccessKey);
    const byId = keys.find(({ id, accessKeyId }) => String(id) === key || accessKeyId === key);
    const [first, ...others] = byId === undefined ? keys : [byId];
    if (first === undefined) throw notFound('access_key', key);
    if (others.length > 0) throw ambiguous(text, keys);
    return first;
  }

  /** @throws AppError invalid when the person has too many keys */
  async create(
    tx: Transaction,
    fields: AccessKeyFields,
    place: AccessKeyPlace,
    ground: AccessKeyGround,
  ): Promise<NewAccessKey> {
    await this.demandRoom(tx, place.userId);
    const accessKeyId = newId();
    const secret = randomBytes(30).toString('base64url');
    const sessionToken = 'sessionDigest' in ground ? randomToken() : undefined;
    const { dataCenter } = place;
    const values = {
      user_id: place.userId,
      compute_resource_id: place.computeResourceId,
      access_key_id: accessKeyId,
      sealed_secret: this.secrets.seal(secret, secretPurpose(accessKeyId)),
      kind: sessionToken === undefined ? 'long_lived' : 'temporary',
      token_digest: sessionToken === undefined ? null : digestOf(sessionToken),
      ...this.groundColumns(accessKeyId, ground),
      ...columnsOf(fields),
      datacenter_id: dataCenter?.id ?? null,
      datacenter_name: dataCenter?.name ?? null,
      default_ttl_minutes: place.defaultTtlMinutes,
      created_at: this.clock.now().getTime(),
    };
    const names = Object.keys(values);
    await tx.execute(
      `INSERT INTO access_keys (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      Object.values(values),
    );
    return { key: await this.get(accessKeyId, null, tx), secret, sessionToken };
  }

  /** Takes effect at once, on all instances. @param ground a password that was proved, in place of the present one */
  async update(
    tx: Transaction,
    { id, accessKeyId, user }: AccessKeyDetails,
    { revoked, ...fields }: AccessKeyFields & { revoked: boolean },
    ground?: AccessKeyGround,
  ): Promise<AccessKeyDetails> {
    const password = ground && { ...this.groundColumns(accessKeyId, ground), password_refused: false };
    const values = { ...columnsOf(fields), revoked, ...password };
    const set = Object.keys(values).map((name) => `${name} = ?`);
    await tx.execute(`UPDATE access_keys SET ${set.join(', ')} WHERE id = ?`, [...Object.values(values), id]);
    await this.signals.notify(tx, 'access keys', id);
    if (ground !== undefined) await this.signals.notify(tx, 'sign-ins', user.id);
    return this.get(accessKeyId, null, tx);
  }

  async remove(tx: Transaction, { id }: AccessKeyDetails): Promise<void> {
    await tx.execute('DELETE FROM access_keys WHERE id = ?', [id]);
    await this.signals.notify(tx, 'access keys', id);
  }

  private async demandRoom(tx: Transaction, userId: number): Promise<void> {
    const [row] = await tx.query<{ count: number }>(
      'SELECT COUNT(*) AS count FROM access_keys WHERE user_id = ? AND revoked = ?',
      [userId, false],
    );
    if (Number(row?.count ?? 0) >= MOST)
      throw invalid('name', `There are ${MOST} access keys of this account already: revoke one that is not used`);
  }

  private groundColumns(accessKeyId: string, ground: AccessKeyGround): Record<string, string> {
    if ('sessionDigest' in ground) return { session_digest: ground.sessionDigest };
    const { engineUser, password, engineOrigin } = ground;
    const sealed = this.secrets.seal(password, passwordPurpose(accessKeyId));
    return { engine_user: engineUser, sealed_password: sealed, engine_origin: engineOrigin };
  }
}

function columnsOf({ name, readOnly, expiresAt, quota }: AccessKeyFields) {
  return {
    name,
    read_only: readOnly,
    expires_at: expiresAt?.getTime() ?? null,
    quota_instances: quota.instances,
    quota_vcpus: quota.vcpus,
    quota_memory_mib: quota.memoryMib,
  };
}

/** 90 random bits. */
function newId(): string {
  return `FO${[...randomBytes(18)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}

function ambiguous(name: string, keys: AccessKeyDetails[]): AppError {
  const candidates = keys.map(({ id, accessKeyId }) => ({ id: String(id), name: accessKeyId }));
  const listed = candidates.map(({ id, name: accessKeyId }) => `${id} (${accessKeyId})`).join(', ');
  const fault = `Several access keys have the name ${name}: ${listed}`;
  return new AppError('invalid', fault, { reason: 'ambiguous', fields: { id: [fault] }, candidates });
}
