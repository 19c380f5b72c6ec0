import { mayOneOf, type Actor } from '../common/actor';
import type { AppError } from '../common/app-error';
import type { Page } from '../common/paging';
import { MIN_PASSWORD } from '../common/password-rule';
import {
  fieldOf,
  pagesView,
  timeView,
  type FieldFaults,
  type FormField,
  type LinkView,
  type PagesView,
  type TimeView,
  listAddress,
} from '../view-kit';
import type { PageListQuery, Urls } from '../web';
import type { RoleDetails } from './role.store';
import type { UserInput } from './user-administration';
import { fullNameOf, rightsOf, type UserDetails } from './user-directory.read-model';

export const USERS_PATH = '/users';

/** Locals of users/index.hbs. */
interface UserList {
  count: string;
  create?: LinkView;
  search: { action: string; value: string; clearUrl?: string };
  rows: {
    login: string;
    href?: string;
    name: string;
    authSource: string;
    roles: string;
    state: string;
    disabled: boolean;
    lastLogin: TimeView | null;
  }[];
  nothing?: { title: string; text: string; link: LinkView };
  pages?: PagesView;
}

export function userList(
  actor: Actor,
  users: Page<UserDetails>,
  { query, fault }: { query: PageListQuery; fault?: AppError },
  urls: Urls,
  now: Date,
): UserList {
  const mayEdit = mayOneOf(actor, ['edit_users']);
  const all = urls.url(USERS_PATH);
  return {
    count: query.search === '' ? `${users.total} in all` : `${users.subtotal} of ${users.total}`,
    create: mayOneOf(actor, ['create_users']) ? { label: 'New user', href: urls.url(`${USERS_PATH}/new`) } : undefined,
    search: { action: all, value: query.search, clearUrl: query.search === '' ? undefined : all },
    rows: users.rows.map((user) => ({
      login: user.login,
      href: mayEdit ? urls.url(`${USERS_PATH}/${user.id}/edit`) : undefined,
      name: [user.firstname, user.lastname].filter(Boolean).join(' '),
      authSource: user.authSource,
      roles: rightsOf(user),
      state: user.disabled ? 'disabled' : 'enabled',
      disabled: user.disabled,
      lastLogin: user.lastLoginAt && timeView(user.lastLoginAt, now, 'relative'),
    })),
    nothing:
      users.rows.length === 0
        ? {
            title: fault ? 'The search is not understood' : 'No user matches',
            text: fault?.message ?? 'Change the search above.',
            link: { label: 'Show all users', href: all },
          }
        : undefined,
    pages: pagesView(users, listAddress(urls, USERS_PATH, query)),
  };
}

/** Locals of users/form.hbs. */
interface UserForm {
  heading: string;
  about?: string;
  action: string;
  fields: FormField[];
  roles: { id: number; name: string; description: string; checked: boolean }[];
  roleFaults: string[];
  cancel: LinkView;
  remove?: LinkView;
}

/** What was typed, over what is known. */
export interface UserFormState {
  user: UserDetails | null;
  input?: UserInput;
  faults?: FieldFaults;
}

export function userForm(
  actor: Actor,
  { user, input = {}, faults = {} }: UserFormState,
  roles: RoleDetails[],
  urls: Urls,
): UserForm {
  const chosen = input.roleIds ?? user?.roles.map(({ id }) => id) ?? [];
  const ofEngine = user !== null && user.engineId !== null;
  const mayDelete = user !== null && user.id !== actor.userId && mayOneOf(actor, ['destroy_users']);
  return {
    heading: user === null ? 'New user' : fullNameOf(user),
    about: ofEngine ? `Signs in with a session of ${user.authSource}, which gives name and mail address.` : undefined,
    action: urls.url(user === null ? USERS_PATH : `${USERS_PATH}/${user.id}`),
    fields: [...(ofEngine ? [] : localFields(user, input, faults)), ...rightFields(actor, user, input, faults)],
    roles: roles.map(({ id, name, description }) => ({ id, name, description, checked: chosen.includes(id) })),
    roleFaults: (faults.role_ids ?? []).map((fault) => `Roles ${fault}.`),
    cancel: { label: 'Cancel', href: urls.url(USERS_PATH) },
    remove: mayDelete ? { label: 'Delete', href: urls.url(`${USERS_PATH}/${user.id}/delete`) } : undefined,
  };
}

/** Locals of users/delete.hbs. */
interface UserDeletion {
  name: string;
  ofEngine: boolean;
  action: string;
  cancel: LinkView;
}

export function userDeletion(user: UserDetails, urls: Urls): UserDeletion {
  const itself = urls.url(`${USERS_PATH}/${user.id}`);
  return {
    name: fullNameOf(user),
    ofEngine: user.engineId !== null,
    action: `${itself}/delete`,
    cancel: { label: 'Cancel', href: `${itself}/edit` },
  };
}

function localFields(user: UserDetails | null, input: UserInput, faults: FieldFaults): FormField[] {
  const field = fieldOf('user', faults);
  const text = (value: string | null | undefined, autocomplete = 'off') =>
    ({ type: 'text', value: value ?? '', autocomplete }) as const;
  return [
    field('login', {
      label: 'Login',
      required: true,
      focus: user === null,
      text: text(input.login ?? user?.login),
    }),
    field('firstname', { label: 'First name', text: text(input.firstname ?? user?.firstname) }),
    field('lastname', { label: 'Last name', text: text(input.lastname ?? user?.lastname) }),
    field('mail', { label: 'Mail address', text: text(input.mail ?? user?.mail) }),
    field('password', {
      label: user === null ? 'Password' : 'New password',
      required: user === null,
      help:
        user === null
          ? `At least ${MIN_PASSWORD} characters.`
          : `At least ${MIN_PASSWORD} characters; empty keeps the present one. A new one ends the user's sessions.`,
      text: { type: 'password', value: '', autocomplete: 'new-password' },
    }),
  ];
}

function rightFields(actor: Actor, user: UserDetails | null, input: UserInput, faults: FieldFaults): FormField[] {
  const field = fieldOf('user', faults);
  const fields: FormField[] = [];
  if (actor.admin)
    fields.push(
      field('admin', {
        label: 'Administrator',
        help: 'May do everything, whatever the roles.',
        check: { checked: input.admin ?? user?.admin ?? false },
      }),
    );
  if (user !== null)
    fields.push(
      field('disabled', {
        label: 'Disabled',
        help: 'Cannot sign in; sessions and tokens stop working at once.',
        check: { checked: input.disabled ?? user.disabled },
      }),
    );
  return fields;
}
