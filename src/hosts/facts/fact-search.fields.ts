import { defineFields, type SearchLimits } from '../../search';
import { hostField } from '../host-field';

/** For some millions of rows, each of which may have to be looked at. */
const LIMITS: SearchLimits = { terms: 5, costly: 3, costlyAre: 'patterns and conditions on hosts' };

/** What fact values are searched by. `value` reads all of them; hosts are found by `facts.NAME`, which has an index. */
export const factFields = defineFields(
  'fact_values',
  {
    fact: {
      type: 'string',
      sql: 'fact_names.name',
      through: { column: 'fact_values.fact_name_id', table: 'fact_names', key: 'id' },
      aliases: ['name'],
    },
    host: hostField('fact_values.host_id'),
    value: { type: 'string', sql: 'fact_values.value', required: true, long: true },
    host_id: { type: 'integer', sql: 'fact_values.host_id', required: true },
  },
  LIMITS,
);
