import { booleanField, defineFields, type StringField } from '../../search';

const text = (column: string): StringField => ({ type: 'string', sql: column, freeText: true, required: true });

/** What access keys are searched by. */
export const accessKeyFields = defineFields('access_keys', {
  name: text('access_keys.name'),
  access_key_id: text('access_keys.access_key_id'),
  kind: { type: 'string', sql: 'access_keys.kind', required: true },
  user: {
    type: 'string',
    sql: 'users.login',
    through: { column: 'access_keys.user_id', table: 'users', key: 'id' },
    unsortable: true,
  },
  compute_resource: {
    type: 'string',
    sql: 'compute_resources.name',
    through: { column: 'access_keys.compute_resource_id', table: 'compute_resources', key: 'id' },
    unsortable: true,
  },
  read_only: booleanField('access_keys.read_only', { required: true }),
  revoked: booleanField('access_keys.revoked', { required: true }),
  expires_at: { type: 'datetime', sql: 'access_keys.expires_at' },
  last_used_at: { type: 'datetime', sql: 'access_keys.last_used_at' },
  created_at: { type: 'datetime', sql: 'access_keys.created_at', required: true },
  user_id: { type: 'integer', sql: 'access_keys.user_id', required: true },
  id: { type: 'integer', sql: 'access_keys.id', required: true },
});
