import { mayOneOf, PERMISSIONS, type Actor } from '../common/actor';
import { fieldOf, type FieldFaults, type FormField, type LinkView } from '../view-kit';
import type { Urls } from '../web';
import type { RoleDetails, RoleFields } from './role.store';

export const ROLES_PATH = '/roles';

/** Locals of roles/index.hbs. */
interface RoleList {
  create?: LinkView;
  rows: { name: string; href: string; description: string; kind: string; permissions: string; users: number }[];
}

export function roleList(actor: Actor, roles: RoleDetails[], urls: Urls): RoleList {
  return {
    create: mayOneOf(actor, ['edit_roles']) ? { label: 'New role', href: urls.url(`${ROLES_PATH}/new`) } : undefined,
    rows: roles.map(({ id, name, description, builtin, permissions, users }) => ({
      name,
      href: urls.url(`${ROLES_PATH}/${id}/edit`),
      description,
      kind: builtin ? 'built in' : 'own',
      permissions: permissions.length === PERMISSIONS.length ? 'all' : permissions.join(', '),
      users,
    })),
  };
}

/** Locals of roles/form.hbs. */
interface RoleForm {
  heading: string;
  about?: string;
  fixed: boolean;
  action: string;
  fields: FormField[];
  permissions: { name: string; checked: boolean }[];
  permissionFaults: string[];
  cancel: LinkView;
  remove?: { action: string; about: string };
}

export interface RoleFormState {
  role: RoleDetails | null;
  input?: RoleFields;
  faults?: FieldFaults;
}

export function roleForm(actor: Actor, { role, input, faults = {} }: RoleFormState, urls: Urls): RoleForm {
  const fixed = role?.builtin === true || !mayOneOf(actor, ['edit_roles']);
  const shown = input ?? role ?? { name: '', description: '', permissions: [] };
  const field = fieldOf('role', faults);
  const text = (value: string) => ({ type: 'text', value, autocomplete: 'off' }) as const;
  return {
    heading: role?.name ?? 'New role',
    about: role?.builtin === true ? `${role.description}. This role is built in and stays as it is.` : undefined,
    fixed,
    action: urls.url(role === null ? ROLES_PATH : `${ROLES_PATH}/${role.id}`),
    fields: fixed
      ? []
      : [
          field('name', { label: 'Name', required: true, focus: role === null, text: text(shown.name) }),
          field('description', { label: 'Description', text: text(shown.description) }),
        ],
    permissions: PERMISSIONS.map((name) => ({ name, checked: shown.permissions.includes(name) })),
    permissionFaults: (faults.permissions ?? []).map((fault) => `Permissions ${fault}.`),
    cancel: { label: fixed ? 'Back' : 'Cancel', href: urls.url(ROLES_PATH) },
    remove:
      role === null || fixed
        ? undefined
        : {
            action: urls.url(`${ROLES_PATH}/${role.id}/delete`),
            about: role.users === 0 ? 'Nobody has it.' : `${role.users} users lose it.`,
          },
  };
}
