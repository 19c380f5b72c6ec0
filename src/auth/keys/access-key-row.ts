import type { ColumnOf, RowOf } from '../../database';
import type { AccessKey } from './access-key.entity';

export type AccessKeyKind = 'long_lived' | 'temporary';

/** The most that everything launched with a key may have together; null = as much as the engine gives. */
export interface AccessKeyQuota {
  instances: number | null;
  vcpus: number | null;
  memoryMib: number | null;
}

/** An access key as people see it: without its secrets. */
export interface AccessKeyDetails {
  id: number;
  user: { id: number; login: string };
  computeResource: { id: number; name: string };
  name: string;
  /** 20 characters. */
  accessKeyId: string;
  kind: AccessKeyKind;
  /** Of long-lived ones. */
  engineUser: string | null;
  /** The only one it is for; null = all. */
  dataCenter: { id: string; name: string | null } | null;
  readOnly: boolean;
  /** Null = never, or with its session. */
  expiresAt: Date | null;
  defaultTtlMinutes: number | null;
  quota: AccessKeyQuota;
  createdAt: Date;
  /** To the day; null = never. */
  lastUsedAt: Date | null;
  revoked: boolean;
  /** The engine took its password no more: it does nothing there until it gets another. */
  passwordRefused: boolean;
}

const COLUMNS = [
  'id',
  'user_id',
  'compute_resource_id',
  'name',
  'access_key_id',
  'kind',
  'engine_user',
  'datacenter_id',
  'datacenter_name',
  'read_only',
  'expires_at',
  'default_ttl_minutes',
  'quota_instances',
  'quota_vcpus',
  'quota_memory_mib',
  'created_at',
  'last_used_at',
  'revoked',
  'password_refused',
] as const satisfies ColumnOf<AccessKey>[];

export type AccessKeyRow = RowOf<AccessKey, (typeof COLUMNS)[number]> &
  Record<'user_login' | 'compute_resource_name', string>;

/** Columns of AccessKeyRow, from FROM_KEYS. */
export const KEY_COLUMNS = [
  ...COLUMNS.map((column) => `access_keys.${column}`),
  `users.login AS user_login`,
  `compute_resources.name AS compute_resource_name`,
].join(', ');
export const FROM_KEYS = `FROM access_keys JOIN users ON users.id = access_keys.user_id
  JOIN compute_resources ON compute_resources.id = access_keys.compute_resource_id`;

const dateOf = (instant: number | null) => (instant === null ? null : new Date(instant));

export function toAccessKey(row: AccessKeyRow): AccessKeyDetails {
  return {
    id: row.id,
    user: { id: row.user_id, login: row.user_login },
    computeResource: { id: row.compute_resource_id, name: row.compute_resource_name },
    name: row.name,
    accessKeyId: row.access_key_id,
    kind: row.kind === 'temporary' ? 'temporary' : 'long_lived',
    engineUser: row.engine_user,
    dataCenter: row.datacenter_id === null ? null : { id: row.datacenter_id, name: row.datacenter_name },
    readOnly: Boolean(row.read_only),
    expiresAt: dateOf(row.expires_at),
    defaultTtlMinutes: row.default_ttl_minutes,
    quota: { instances: row.quota_instances, vcpus: row.quota_vcpus, memoryMib: row.quota_memory_mib },
    createdAt: new Date(row.created_at),
    lastUsedAt: dateOf(row.last_used_at),
    revoked: Boolean(row.revoked),
    passwordRefused: Boolean(row.password_refused),
  };
}
