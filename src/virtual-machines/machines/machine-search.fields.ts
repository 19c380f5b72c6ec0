import { booleanField, defineFields } from '../../search';
import { KEY_GONE } from './machine.store';

const UNOWNED = `machines.removed_at IS NULL AND (machines.failed = true OR machines.owner_id IS NULL OR ${KEY_GONE})`;

/** What machines are searched by. */
export const machineFields = defineFields('machines', {
  name: { type: 'string', sql: 'machines.name', freeText: true, required: true },
  state: { type: 'string', sql: 'machines.state', required: true },
  owner: { type: 'string', sql: 'machines.owner_login', freeText: true, required: true },
  owner_id: { type: 'integer', sql: 'machines.owner_id' },
  compute_resource: {
    type: 'string',
    sql: 'compute_resources.name',
    through: { column: 'machines.compute_resource_id', table: 'compute_resources', key: 'id' },
    required: true,
  },
  compute_resource_id: { type: 'integer', sql: 'machines.compute_resource_id', required: true },
  image: { type: 'string', sql: 'machines.image', freeText: true, required: true },
  vm_id: { type: 'string', sql: 'machines.vm_id', required: true },
  created_at: { type: 'datetime', sql: 'machines.created_at', required: true },
  unowned: { type: 'set', sql: 'machines.id', required: true, values: { true: UNOWNED, false: `NOT (${UNOWNED})` } },
  failed: booleanField('machines.failed', { required: true }),
  removed_at: { type: 'datetime', sql: 'machines.removed_at' },
  id: { type: 'integer', sql: 'machines.id', required: true },
});
