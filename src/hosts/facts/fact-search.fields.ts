import { defineFields } from '../../search';

/** What fact values are searched by; to search values, search hosts by `facts.NAME`. */
export const factFields = defineFields('fact_values', {
  fact: {
    type: 'string',
    sql: 'fact_names.name',
    through: { column: 'fact_values.fact_name_id', table: 'fact_names', key: 'id' },
    aliases: ['name'],
  },
  host: {
    type: 'string',
    sql: 'hosts.name',
    alternative: 'hosts.certname',
    through: { column: 'fact_values.host_id', table: 'hosts', key: 'id' },
    normalise: (value) => value.trim().toLowerCase(),
  },
  host_id: { type: 'integer', sql: 'fact_values.host_id', required: true },
});
