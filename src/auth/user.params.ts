import { z } from 'zod';
import { PERMISSIONS } from '../common/actor';
import { DEFAULT_PER_PAGE, MAX_PER_PAGE } from '../common/paging';

/** `search`, `page` and `per_page` of lists. */
export const ListQuery = z.object({
  search: z.string().max(200).default(''),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  per_page: z.coerce
    .number()
    .int()
    .min(1)
    .transform((count) => Math.min(count, MAX_PER_PAGE))
    .default(DEFAULT_PER_PAGE),
});
export type ListQuery = z.output<typeof ListQuery>;

const text = z.string().max(1_000);
/** A form repeats a check box's name; the last one counts. */
const flag = z.preprocess(
  (value) => (Array.isArray(value) ? (value as unknown[]).at(-1) : value),
  z.union([z.boolean(), z.enum(['0', '1', 'true', 'false']).transform((word) => word === '1' || word === 'true')]),
);
/** Forms send "" for none chosen, and text for numbers. */
const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (Array.isArray(value) ? (value as unknown[]).filter((each) => each !== '') : value === '' ? [] : value),
    z.array(item).max(200),
  );

const UserFields = z
  .object({
    login: text.optional(),
    firstname: text.nullable().optional(),
    lastname: text.nullable().optional(),
    mail: text.nullable().optional(),
    password: z.string().max(16_384).optional(),
    admin: flag.optional(),
    disabled: flag.optional(),
    role_ids: listOf(z.coerce.number().int().positive()).optional(),
  })
  .transform(({ role_ids: roleIds, ...fields }) => ({ ...fields, roleIds }));
export const UserBody = z.object({ user: UserFields });

export const RoleFields = z.object({
  name: z.string().max(100),
  description: text.default(''),
  permissions: listOf(z.enum(PERMISSIONS)),
});
export const RoleBody = z.object({ role: RoleFields });
export const RoleChangeBody = z.object({ role: RoleFields.partial() });

/** Foreman names the key `personal_access_token`; an instant as ISO 8601 text, or a day of a form. */
export const TokenBody = z.object({
  personal_access_token: z.object({
    name: z.string().max(254),
    expires_at: z.union([z.literal('').transform(() => null), z.null(), z.coerce.date('is not a date')]).default(null),
  }),
});

export const PasswordBody = z.object({
  account: z.object({
    current_password: z.string().max(16_384),
    password: z.string().max(16_384),
    password_confirmation: z.string().max(16_384),
  }),
});
