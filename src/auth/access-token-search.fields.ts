import { booleanField, defineFields } from '../search';

/** What access tokens are searched by (Foreman: personal_access_token.rb). */
export const tokenFields = defineFields('personal_access_tokens', {
  name: { type: 'string', sql: 'personal_access_tokens.name', freeText: true, required: true },
  user_id: { type: 'integer', sql: 'personal_access_tokens.user_id', required: true },
  revoked: booleanField('personal_access_tokens.revoked', { required: true }),
  expires_at: { type: 'datetime', sql: 'personal_access_tokens.expires_at' },
  last_used_at: { type: 'datetime', sql: 'personal_access_tokens.last_used_at' },
  created_at: { type: 'datetime', sql: 'personal_access_tokens.created_at', required: true },
  id: { type: 'integer', sql: 'personal_access_tokens.id', required: true },
});
