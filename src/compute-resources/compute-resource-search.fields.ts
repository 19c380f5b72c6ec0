import { booleanField, defineFields, type SearchField } from '../search';

/** What compute resources are searched by (Foreman: compute_resource.rb), and ours. */
export const computeResourceFields = defineFields('compute_resources', {
  name: { type: 'string', sql: 'compute_resources.name', required: true, freeText: true },
  description: { type: 'string', sql: 'compute_resources.description', required: true },
  url: { type: 'string', sql: 'compute_resources.url', required: true },
  user: { type: 'string', sql: 'compute_resources.username', required: true },
  datacenter: {
    type: 'string',
    sql: 'compute_resources.datacenter_name',
    alternative: 'compute_resources.datacenter_id',
  },
  enabled: booleanField('compute_resources.enabled', { required: true }),
  id: { type: 'integer', sql: 'compute_resources.id', required: true },
});

const text = (column: string): SearchField => ({ type: 'string', sql: column, required: true, freeText: true });

/** What auth sources are searched by (Foreman: auth_source.rb); `auth_sources` is made for the query. */
export const authSourceFields = defineFields('auth_sources', {
  name: text('auth_sources.name'),
  id: { type: 'integer', sql: 'auth_sources.id', required: true },
});
