import { z } from 'zod';
import { apiPageOf } from '../foreman-kit';

const text = z.string().nullable();

export const UserAnswer = z.object({
  id: z.int(),
  login: z.string(),
  firstname: text,
  lastname: text,
  mail: text,
  admin: z.boolean(),
  disabled: z.boolean(),
  auth_source_name: text,
  auth_source_type: z.string(),
  roles: z.array(z.object({ id: z.int(), name: z.string() })),
  last_login_on: text,
  created_at: z.string(),
  updated_at: z.string(),
});
export const UserListAnswer = apiPageOf(z.array(UserAnswer));

export const RoleAnswer = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  builtin: z.literal([0, 1]),
  permissions: z.array(z.string()),
});
export const RoleListAnswer = apiPageOf(z.array(RoleAnswer));

const token = {
  id: z.int(),
  name: z.string(),
  user_id: z.int(),
  active: z.boolean(),
  expires_at: text,
  last_used_at: text,
  revoked: z.boolean(),
  created_at: z.string(),
};
export const TokenAnswer = z.object(token);
export const NewTokenAnswer = z.object({ ...token, token_value: z.string().describe('Shown this once') });
export const TokenListAnswer = apiPageOf(z.array(TokenAnswer));
