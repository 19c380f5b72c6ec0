import { BLANK_TEMPLATE_ID, EVERYONE_ID, guid, SYSTEM_ID } from '../seeds';

/** A user as the engine's database knows it. `login` is the bare name, `domain` the profile without `-authz`. */
export interface SimUser {
  id: string;
  login: string;
  domain: string;
  password: string;
  firstName: string;
  lastName: string;
  email: string;
  /** Holds an administrator's role: may use webadmin and unfiltered queries. */
  admin: boolean;
  /** Known to the directory alone: is given a token, and refused by the API for want of any role. */
  withoutRole?: boolean;
  /** Of the directory: refused whatever the password. */
  account?: 'disabled' | 'locked' | 'expired';
  /** Ids of `data.groups`, besides Everyone. */
  groupIds?: string[];
}

export interface SimGroup {
  id: string;
  name: string;
  domain: string;
}

export type RightsOn =
  'system' | 'data_center' | 'cluster' | 'storage_domain' | 'vm' | 'template' | 'disk' | 'vnic_profile';

/** A role of a user or of a group on an object and what lies below it. */
export interface SimPermission {
  id: string;
  /** Of ROLES: `UserRole`. */
  role: string;
  /** Of a user or of a group. */
  principalId: string;
  on: RightsOn;
  objectId: string;
}

export interface PeopleData {
  users: SimUser[];
  groups: SimGroup[];
  permissions: SimPermission[];
}

/** Some people and what they may: everybody but the reader is an administrator, who may use everything that there is. */
export function peopleData(): PeopleData {
  return {
    users: [
      user(0x22e, 'admin', 'internal', { firstName: 'admin' }),
      user(0x22f, 'mara', 'corp', { firstName: 'Mara', lastName: 'Lindqvist', email: 'mara@corp.example' }),
      user(0x230, 'jörg', 'corp', { firstName: 'Jörg', lastName: 'Müller-Lüdenscheidt' }),
      user(0x231, 'reader', 'corp', { firstName: 'Rea', lastName: 'Der', admin: false }),
      user(0x232, 'admin@ovirt', 'internalkeycloak', { firstName: 'Kay' }),
    ],
    groups: [{ id: EVERYONE_ID, name: 'Everyone', domain: '' }],
    permissions: [
      simPermission(1, 'UserTemplateBasedVm', EVERYONE_ID, 'template', BLANK_TEMPLATE_ID),
      simPermission(2, 'UserRole', userId(0x231), 'system', SYSTEM_ID),
      simPermission(3, 'UserProfileEditor', EVERYONE_ID, 'system', SYSTEM_ID),
    ],
  };
}

/** A permission; `n` makes its id. */
export function simPermission(
  n: number,
  role: string,
  principalId: string,
  on: RightsOn,
  objectId: string,
): SimPermission {
  return { id: guid(0x9e, n), role, principalId, on, objectId };
}

const userId = (n: number) => `58ad9d2d-013a-00aa-018f-${n.toString(16).padStart(12, '0')}`;

function user(n: number, login: string, domain: string, more: Partial<SimUser>): SimUser {
  return {
    ...{ id: userId(n), login, domain, password: `${login}-password`, firstName: '', lastName: '', email: '' },
    ...{ admin: true, ...more },
  };
}
