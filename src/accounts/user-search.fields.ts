import { booleanField, defineFields, type SearchField, type StringField } from '../search';

const text = (column: string): StringField => ({ type: 'string', sql: column, freeText: true });
const id = (table: string): SearchField => ({ type: 'integer', sql: `${table}.id`, required: true });

/** What users are searched by (Foreman: user.rb). */
export const userFields = defineFields('users', {
  login: { ...text('users.login'), required: true, normalise: (value) => value.trim().toLowerCase() },
  firstname: text('users.firstname'),
  lastname: text('users.lastname'),
  mail: text('users.mail'),
  admin: booleanField('users.admin', { required: true }),
  disabled: booleanField('users.disabled', { required: true }),
  last_login_on: { type: 'datetime', sql: 'users.last_login_at' },
  role: {
    type: 'string',
    sql: '(SELECT roles.name FROM roles WHERE roles.id = user_roles.role_id)',
    through: { column: 'users.id', table: 'user_roles', key: 'user_id' },
    unsortable: true,
  },
  compute_resource: {
    type: 'string',
    sql: 'compute_resources.name',
    through: { column: 'users.engine_id', table: 'compute_resources', key: 'engine_id' },
    unsortable: true,
  },
  id: id('users'),
});

/** What roles are searched by (Foreman: role.rb). */
export const roleFields = defineFields('roles', {
  name: { ...text('roles.name'), required: true },
  description: { ...text('roles.description'), required: true },
  builtin: booleanField('roles.builtin', { required: true }),
  id: id('roles'),
});
