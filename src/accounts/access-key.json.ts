import type { AccessKeyDetails, NewAccessKey } from '../auth';

const timeOrNull = (at: Date | null) => at && at.toISOString();

/** Never with its secrets. */
export function accessKeyJson(key: AccessKeyDetails): Record<string, unknown> {
  const { instances, vcpus, memoryMib } = key.quota;
  return {
    id: key.id,
    name: key.name,
    access_key_id: key.accessKeyId,
    kind: key.kind,
    user: key.user,
    compute_resource: key.computeResource,
    engine_user: key.engineUser,
    data_center: key.dataCenter,
    read_only: key.readOnly,
    quota: { instances, vcpus, memory_mib: memoryMib },
    default_ttl_minutes: key.defaultTtlMinutes,
    created_at: key.createdAt.toISOString(),
    expires_at: timeOrNull(key.expiresAt),
    last_used_at: timeOrNull(key.lastUsedAt),
    revoked: key.revoked,
    password_refused: key.passwordRefused,
  };
}

/** The only answer that ever holds the secrets. */
export function newAccessKeyJson({ key, secret, sessionToken }: NewAccessKey): object {
  const token = sessionToken === undefined ? {} : { session_token: sessionToken };
  return { access_key: accessKeyJson(key), secret_access_key: secret, ...token };
}
