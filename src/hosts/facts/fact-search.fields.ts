import { defineFields } from '../../search';

/** What fact values are searched by. `value` reads all of them; hosts are found by `facts.NAME`, which has an index. */
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
  value: { type: 'string', sql: 'fact_values.value', required: true },
  host_id: { type: 'integer', sql: 'fact_values.host_id', required: true },
});
