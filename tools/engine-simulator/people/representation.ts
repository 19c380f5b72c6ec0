import { userNameOf, type Engine } from '../engine';
import type { WireObject } from '../rest/encode';
import { hex, linksOf, reference } from '../rest/references';
import { EVERYONE_ID } from '../seeds';
import type { RightsOn, SimGroup, SimPermission, SimUser } from './data';
import { roleNamed, type Role } from './roles';

const USER_LINKS = ['roles', 'permissions', 'tags', 'options', 'groups', 'sshpublickeys', 'eventsubscriptions'];
/** The collections of what permissions are on, and their member in a permission. */
const PLACES: Readonly<Record<Exclude<RightsOn, 'system'>, string>> = {
  ...{ data_center: 'datacenters', cluster: 'clusters', storage_domain: 'storagedomains', vm: 'vms' },
  ...{ template: 'templates', disk: 'disks', vnic_profile: 'vnicprofiles' },
};

const idOf = (text: string) => hex(text).toUpperCase();

export function userOf({ personality }: Engine, base: string, user: SimUser): WireObject {
  const domain = domainNameOf(user.domain, personality.authzNames);
  const isNew = personality.major >= 4;
  return {
    ...reference(base, 'users', user.id),
    ...{
      user_name: userNameOf(user, personality),
      name: user.firstName,
      last_name: user.lastName,
      email: isNew ? user.email || undefined : user.email,
    },
    principal: personality.authzNames ? user.login : undefined,
    namespace: personality.authzNames ? '*' : undefined,
    ...(isNew && { department: '', domain_entry_id: idOf(user.id) }),
    domain: {
      id: idOf(domain),
      name: personality.version === '3.4' ? undefined : domain,
      href: isNew ? `${base}/domains/${idOf(domain)}` : undefined,
    },
    link: linksOf(`${base}/users/${user.id}`, isNew ? USER_LINKS : ['permissions']),
  };
}

export const domainNameOf = (profile: string, authzNames: boolean): string => `${profile}${authzNames ? '-authz' : ''}`;

export function domainOf(base: string, name: string): WireObject {
  const domain = reference(base, 'domains', idOf(name));
  return { ...domain, name, link: linksOf(domain.href, ['users', 'groups']) };
}

/** `isHeld`: below a member. */
export function groupOf(base: string, group: SimGroup, isHeld = false): WireObject {
  const { id, name, domain } = group;
  return {
    ...reference(base, 'groups', id),
    ...{ name, namespace: '*' },
    domain:
      id === EVERYONE_ID ? undefined : { id: idOf(domain), name: domain, href: `${base}/domains/${idOf(domain)}` },
    ...(!isHeld && {
      domain_entry_id: idOf(id),
      link: linksOf(`${base}/groups/${id}`, ['roles', 'permissions', 'tags']),
    }),
  };
}

/** A role below who has it. */
export function heldRoleOf(base: string, userId: string, id: string, name: string): WireObject {
  const href = `${base}/users/${userId}/roles/${id}`;
  return { id, href, name, user: reference(base, 'users', userId), link: linksOf(href, ['permits']) };
}

export function roleOf(base: string, role: Role, hasPermits = false): WireObject {
  const { id, name, administrative } = role;
  const permits = { permit: role.permits.map((permit, n) => ({ id: String(n + 1), name: permit })) };
  return {
    ...reference(base, 'roles', id),
    ...{ name, administrative, mutable: false, description: name },
    permits: hasPermits ? permits : undefined,
    link: linksOf(`${base}/roles/${id}`, ['permits']),
  };
}

/** The permissions on an object, as `?follow=permissions` brings them. */
export function permissionsOn(engine: Engine, base: string, objectId: string): WireObject {
  const own = engine.data.permissions.filter((permission) => permission.objectId === objectId);
  return { permission: own.map((permission) => permissionOf(engine, base, permission)) };
}

/** A permission below its user or group, with its role whole or by reference. */
export function permissionOf(
  { data }: Engine,
  base: string,
  permission: SimPermission,
  role?: 'role' | 'permits',
): WireObject {
  const { id, principalId, on, objectId } = permission;
  const ofGroup = data.groups.some((group) => group.id === principalId);
  const principals = ofGroup ? 'groups' : 'users';
  const itsRole = roleNamed(permission.role);
  return {
    ...{ id, href: `${base}/${principals}/${principalId}/permissions/${id}` },
    [ofGroup ? 'group' : 'user']: reference(base, principals, principalId),
    role: role ? roleOf(base, itsRole, role === 'permits') : reference(base, 'roles', itsRole.id),
    ...(on !== 'system' && { [on]: reference(base, PLACES[on], objectId) }),
    link: role !== undefined ? linksOf(`${base}/roles/${itsRole.id}`, ['permits']) : undefined,
  };
}
