import { z } from 'zod';
import { PERMISSIONS } from '../common/actor';
import { Flag, Text, numeric, wrapped } from '../web';

/** Forms send "" for none chosen, and text for numbers. */
const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (Array.isArray(value) ? (value as unknown[]).filter((each) => each !== '') : value === '' ? [] : value),
    z.array(item).max(200),
  );

const UserFields = z
  .object({
    login: Text.optional(),
    firstname: Text.nullable().optional(),
    lastname: Text.nullable().optional(),
    mail: Text.nullable().optional(),
    password: z.string().optional(),
    admin: Flag.optional(),
    disabled: Flag.optional(),
    role_ids: listOf(numeric(z.number().int().positive().max(999_999_999))).optional(),
  })
  .transform(({ role_ids: roleIds, ...fields }) => ({ ...fields, roleIds }));
export const UserBody = wrapped(UserFields, 'user');
export type UserBody = z.output<typeof UserBody>;

const role = { name: Text, description: Text, permissions: listOf(z.enum(PERMISSIONS)) };
/** A role without permissions is one of Foreman's, too: its clients add them later. */
export const RoleBody = wrapped(
  z.object({ ...role, description: role.description.default(''), permissions: role.permissions.default([]) }),
  'role',
);
export type RoleBody = z.output<typeof RoleBody>;
export const RoleChangeBody = wrapped(z.object(role).partial(), 'role');
export type RoleChangeBody = z.output<typeof RoleChangeBody>;

/** An instant as ISO 8601 text, or a day of a form. */
export const TokenBody = wrapped(
  z
    .object({ name: Text, expires_at: z.string().nullable().default(null) })
    .transform(({ name, expires_at: expires }) => ({ name, expires })),
  'personal_access_token',
);
export type TokenBody = z.output<typeof TokenBody>;

export const PasswordBody = wrapped(
  z
    .object({ current_password: z.string(), password: z.string(), password_confirmation: z.string() })
    .transform((of) => ({ current: of.current_password, password: of.password, repeated: of.password_confirmation })),
  'account',
);
export type PasswordBody = z.output<typeof PasswordBody>;
