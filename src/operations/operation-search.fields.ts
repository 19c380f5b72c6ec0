import { defineFields } from '../search';
import { OPERATION_STATES } from './operation';

/** What operations are searched by. */
export const operationFields = defineFields('operations', {
  title: { type: 'string', sql: 'operations.title', freeText: true, required: true },
  state: {
    type: 'set',
    sql: 'operations.state',
    required: true,
    values: Object.fromEntries(OPERATION_STATES.map((state) => [state, `operations.state = '${state}'`])),
  },
  kind: { type: 'string', sql: 'operations.kind', freeText: true, required: true },
  user: { type: 'string', sql: 'operations.login', aliases: ['login'], freeText: true, required: true },
  user_id: { type: 'integer', sql: 'operations.user_id' },
  compute_resource: { type: 'string', sql: 'operations.compute_resource_name' },
  created_at: { type: 'datetime', sql: 'operations.created_at', required: true },
  finished_at: { type: 'datetime', sql: 'operations.finished_at' },
  id: { type: 'string', sql: 'operations.id', required: true, identifies: true },
});
