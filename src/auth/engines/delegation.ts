import type { Actor, Permission } from '../../common/actor';

/** What someone may do. */
export interface Rights {
  admin: boolean;
  roles: readonly { permissions: readonly Permission[] }[];
}

/** Nobody gives what they do not have. */
export function mayGrant(actor: Actor, permissions: readonly Permission[]): boolean {
  return actor.admin || permissions.every((permission) => actor.permissions.has(permission));
}

/** Who could change someone with more rights than their own (a password, say) would have those rights, too. */
export function mayManage(actor: Actor, { admin, roles }: Rights): boolean {
  return actor.admin || (!admin && roles.every(({ permissions }) => mayGrant(actor, permissions)));
}
