import { foremanTime } from '../foreman-kit';
import type { AccessTokenDetails, NewToken } from '../auth';
import type { RoleDetails } from './role.store';
import type { UserDetails } from './user-directory.read-model';

const timeOrNull = (at: Date | null) => at && foremanTime(at);

/** Foreman: api/v2/users. */
export function userJson(user: UserDetails): object {
  const { id, login, firstname, lastname, mail, admin, disabled, engineId, authSource, roles } = user;
  return {
    id,
    login,
    firstname,
    lastname,
    mail,
    admin,
    disabled,
    auth_source_name: authSource,
    auth_source_type: engineId === null ? 'AuthSourceInternal' : 'ForemanOvirt::AuthSourceOvirt',
    roles: roles.map((role) => ({ id: role.id, name: role.name })),
    last_login_on: timeOrNull(user.lastLoginAt),
    created_at: foremanTime(user.createdAt),
    updated_at: foremanTime(user.updatedAt),
  };
}

/** Foreman: api/v2/roles, with the permissions' names. */
export function roleJson({ id, name, description, permissions, builtin }: RoleDetails): object {
  return { id, name, description, builtin: builtin ? 1 : 0, permissions };
}

/** Foreman: api/v2/personal_access_tokens. */
export function tokenJson(token: AccessTokenDetails, now: Date): object {
  const { id, userId, name, expiresAt, lastUsedAt, createdAt, revoked } = token;
  return {
    id,
    name,
    user_id: userId,
    active: isActive(token, now),
    expires_at: timeOrNull(expiresAt),
    last_used_at: timeOrNull(lastUsedAt),
    revoked,
    created_at: foremanTime(createdAt),
  };
}

/** The only answer that ever holds the secret. */
export function newTokenJson({ token, secret }: NewToken, now: Date): object {
  return { ...tokenJson(token, now), token_value: secret };
}

function isActive({ revoked, expiresAt }: AccessTokenDetails, now: Date): boolean {
  return !revoked && (expiresAt === null || expiresAt > now);
}
