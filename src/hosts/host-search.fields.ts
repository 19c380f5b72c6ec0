import { COUNTERS } from '../common/counters';
import { booleanField, defineFields, SearchField, SetField, StringField } from '../search';
import { VALUE_KEY_LENGTH } from './facts/value-key';
import type { HostValueSource } from './host-values.read-model';
import { globalStatusField } from './status/status-search.fields';

const lowerCase = (value: string): string => value.trim().toLowerCase();

const ADDRESS = /[\da-f.:/]/i;
const HEX = /[\da-f:-]/i;

/** A field whose values are suggested from what the compiler knows there is. */
type HostField = Partial<StringField> & { valueSource?: HostValueSource };

const own = (column: string, more: HostField = {}): SearchField => ({
  type: 'string',
  sql: `hosts.${column}`,
  ...more,
});

/** A text of the small table that `hosts.<reference>` refers to. */
const related = (table: string, reference: string, column: string, more: HostField = {}): SearchField => ({
  type: 'string',
  sql: `${table}.${column}`,
  through: { column: `hosts.${reference}`, table, key: 'id' },
  ...more,
});

type Label = 'models' | 'architectures' | 'domains' | 'environments' | 'compute_resources';

const label = (table: Label, reference: string): SearchField =>
  related(table, reference, 'name', { freeText: true, valueSource: table });

const operatingSystem = (column: 'name' | 'title' | 'major' | 'minor', more: HostField = {}): SearchField =>
  related('operating_systems', 'operating_system_id', column, { valueSource: `operating_systems.${column}`, ...more });

const hostgroup = (column: 'name' | 'title', more: HostField = {}): SearchField =>
  related('hostgroups', 'hostgroup_id', column, { valueSource: `hostgroups.${column}`, ...more });

/**
 * What an engine last told of the VM that the host is; known of VMs whose tab someone opened. Of several that remember
 * one VM it is the host's own compute resource, else the one that told last.
 */
const virtualMachine = {
  column: 'hosts.id',
  table: 'vm_hosts',
  key: 'id',
  from: `virtual_machines JOIN hosts AS vm_hosts ON vm_hosts.uuid = virtual_machines.vm_id
    AND virtual_machines.compute_resource_id = (
      SELECT told.compute_resource_id FROM virtual_machines AS told WHERE told.vm_id = vm_hosts.uuid
      ORDER BY CASE WHEN told.compute_resource_id = vm_hosts.compute_resource_id THEN 0 ELSE 1 END,
        told.seen_at DESC, told.compute_resource_id LIMIT 1)`,
};

/** Few hosts have a comment: an index of those alone spares reading all the others. */
const comment: SearchField = {
  type: 'string',
  sql: 'commented.comment',
  through: {
    column: 'hosts.id',
    table: 'commented',
    key: 'id',
    from: '(SELECT id, comment FROM hosts WHERE comment IS NOT NULL) AS commented',
  },
  freeText: true,
  long: true,
};

const reference = (column: string, aliases: string[] = []): SearchField => ({
  type: 'integer',
  sql: `hosts.${column}`,
  aliases,
});

const filled = (column: string): SearchField => ({
  type: 'set',
  sql: `hosts.${column}`,
  values: { true: `hosts.${column} IS NOT NULL`, false: `hosts.${column} IS NULL` },
});

const ALL = 'hosts.id IS NOT NULL';
const NONE = 'hosts.id IS NULL';

/** What Foreman tells of all hosts of a Foreman that installs none. */
const always = (value: string, ...others: string[]): SetField => {
  const values: Record<string, string> = { [value]: ALL };
  for (const other of others) values[other] = NONE;
  return { type: 'set', sql: 'hosts.id', required: true, unsortable: true, values };
};

const counters: Record<string, SearchField> = Object.fromEntries(
  COUNTERS.map((name) => [
    `status.${name}`,
    {
      type: 'integer',
      sql: `hosts.${name}`,
      required: true,
      examples: ['0'],
      aliases: [`configuration_status.${name}`],
    },
  ]),
);

const EVENTS = ['applied', 'restarted', 'failed', 'failed_restarts'] as const;
const interesting: SetField = {
  type: 'set',
  sql: `(${EVENTS.map((name) => `hosts.${name}`).join(' + ')})`,
  required: true,
  aliases: ['configuration_status.interesting'],
  values: {
    true: `(${EVENTS.map((name) => `hosts.${name} > 0`).join(' OR ')})`,
    false: `(${EVENTS.map((name) => `hosts.${name} = 0`).join(' AND ')})`,
  },
};

/** Recency follows the instant from which a host's last report counts as too old; without report a host is neither. */
const isStale = (now: number) => ({ sql: 'hosts.stale_at <= ?', params: [now] });
const isRecent = (now: number) => ({ sql: 'hosts.stale_at > ?', params: [now] });

/**
 * What hosts are searched by (Foreman: app/models/concerns/hostext/search.rb). Words without a field are looked for in
 * the texts marked so, never in numbers and dates.
 */
export const hostFields = defineFields('hosts', {
  // the completion offers them in this order: first what is asked for most
  name: own('name', { identifies: true, freeText: true, required: true, normalise: lowerCase, valueSource: 'name' }),
  os: operatingSystem('name', { freeText: true, alternative: 'operating_systems.title' }),
  hostgroup: hostgroup('name', { freeText: true, alternative: 'hostgroups.title', aliases: ['hostgroup_name'] }),
  last_report: { type: 'datetime', sql: 'hosts.last_report_at', unsetWith: 'hosts.stale_at' },
  ...counters,
  'status.out_of_sync': { type: 'set', sql: 'hosts.stale_at', values: { true: isStale, false: isRecent } },

  comment,
  uuid: own('uuid', { identifies: true, freeText: HEX, normalise: lowerCase, valueSource: 'uuid' }),
  ip: own('ip', { identifies: true, freeText: ADDRESS, normalise: lowerCase, valueSource: 'ip' }),
  has_ip: filled('ip'),
  mac: own('mac', { identifies: true, freeText: HEX, normalise: lowerCase, valueSource: 'mac' }),
  has_mac: filled('mac'),
  certname: own('certname', { identifies: true, normalise: lowerCase, valueSource: 'certname' }),
  id: { type: 'integer', sql: 'hosts.id', required: true, identifies: true },

  build: always('false', 'true'),
  build_status: always('built', 'pending', 'token_expired', 'build_failed'),
  managed: always('false', 'true'),

  hostgroup_title: hostgroup('title', { aliases: ['hostgroup_fullname'] }),
  hostgroup_id: reference('hostgroup_id'),
  os_title: operatingSystem('title', { aliases: ['os_description'] }),
  os_major: operatingSystem('major', { digits: true }),
  os_minor: operatingSystem('minor', { digits: true }),
  os_id: reference('operating_system_id', ['operatingsystem_id']),
  model: label('models', 'model_id'),
  model_id: reference('model_id'),
  architecture: label('architectures', 'architecture_id'),
  architecture_id: reference('architecture_id'),
  domain: label('domains', 'domain_id'),
  domain_id: reference('domain_id'),
  environment: label('environments', 'environment_id'),
  environment_id: reference('environment_id'),
  compute_resource: label('compute_resources', 'compute_resource_id'),
  compute_resource_id: reference('compute_resource_id'),

  'vm.name': { type: 'string', sql: 'virtual_machines.name', through: virtualMachine, costly: true },
  'vm.status': { type: 'string', sql: 'virtual_machines.status', through: virtualMachine, costly: true },
  'vm.vcpus': { type: 'integer', sql: 'virtual_machines.vcpus', through: virtualMachine, costly: true },
  'vm.memory_bytes': { type: 'integer', sql: 'virtual_machines.memory_bytes', through: virtualMachine, costly: true },

  created_at: { type: 'datetime', sql: 'hosts.created_at', required: true },
  origin: own('origin', { valueSource: 'origin' }),

  'status.enabled': booleanField('hosts.enabled', {
    required: true,
    aliases: ['enabled', 'configuration_status.enabled'],
  }),
  'status.recent': { type: 'set', sql: 'hosts.stale_at', values: { true: isRecent, false: isStale } },
  global_status: globalStatusField,
  'status.interesting': interesting,

  facts: {
    type: 'keyValue',
    owner: 'hosts.id',
    table: 'fact_values',
    ownerKey: 'host_id',
    nameKey: 'fact_name_id',
    names: 'fact_names',
    value: 'fact_values.value',
    valueKey: 'fact_values.value_key',
    valueKeyLength: VALUE_KEY_LENGTH,
    number: 'fact_values.number',
    valueSource: 'facts' satisfies HostValueSource,
    nameSource: 'fact_names' satisfies HostValueSource,
  },
});
