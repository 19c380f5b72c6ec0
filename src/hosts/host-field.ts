import type { StringField } from '../search';

/** The host, by either of its names, that `column` of what is searched holds the id of. */
export const hostField = (column: string): StringField => ({
  type: 'string',
  sql: 'hosts.name',
  alternative: 'hosts.certname',
  through: { column, table: 'hosts', key: 'id' },
  costly: true,
  normalise: (value) => value.trim().toLowerCase(),
});
