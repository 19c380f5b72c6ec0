import { z } from 'zod';
import { apiPageOf } from '../foreman-kit';

const text = z.string().nullable();
const most = z.int().nullable();

export const AccessKeyAnswer = z.object({
  id: z.int(),
  name: z.string(),
  access_key_id: z.string(),
  kind: z.enum(['long_lived', 'temporary']),
  user: z.object({ id: z.int(), login: z.string() }),
  compute_resource: z.object({ id: z.int(), name: z.string() }),
  engine_user: text.describe('Of long-lived keys'),
  data_center: z.object({ id: z.string(), name: text }).nullable().describe('The only one it is for; null = all'),
  read_only: z.boolean(),
  quota: z.object({ instances: most, vcpus: most, memory_mib: most }).describe('Null = as much as the engine gives'),
  default_ttl_minutes: most,
  created_at: z.string(),
  expires_at: text,
  last_used_at: text.describe('To the day'),
  revoked: z.boolean().describe('Or expired: it serves no more'),
  password_refused: z.boolean().describe('The engine takes its password no more: PUT the present engine_password'),
});
export const AccessKeyListAnswer = apiPageOf(z.array(AccessKeyAnswer));
export const NewAccessKeyAnswer = z.object({
  access_key: AccessKeyAnswer,
  secret_access_key: z.string().describe('Shown this once'),
  session_token: z.string().optional().describe('Of temporary keys; shown this once'),
});
