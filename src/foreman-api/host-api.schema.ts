import { z } from 'zod';
import { ApiListQuery, Flag } from '../web';
import { apiPageOf } from '../foreman-kit';
import { EnvironmentKey, HostKey, HostgroupKey } from './host-scope';
import { notKept } from './not-kept';

const text = z.string().nullable();
const id = z.int().nullable();
const time = z.string().nullable().describe('"2026-11-22 20:26:15 UTC"');
/** Up to 2^60: beyond what JavaScript's numbers hold exactly. */
const packed = z.number().describe('Six counters of ten bits each, as Foreman packs them');

const flag = Flag.default(false);

export const HostListQuery = ApiListQuery.extend({
  thin: flag.describe('Only id and name'),
  include: z
    .union(
      [z.string().transform((one) => [one]), z.array(z.string())],
      'must be a name or several: include[]=parameters',
    )
    .transform((names) => names.filter((name) => ['parameters', 'all_parameters'].includes(name)))
    .default([])
    .describe('parameters, all_parameters; other names are passed over'),
  include_permissions: flag.describe('Adds can_create and can_edit'),
  hostgroup_id: HostgroupKey,
  environment_id: EnvironmentKey,
});

/** Of facts and reports. */
export const OfHostQuery = ApiListQuery.extend({ host_id: HostKey });

const host = {
  id: z.int(),
  name: z.string(),
  display_name: z.string(),
  ...notKept(z.null()),
  certname: z.string(),
  uuid: text.describe("Of the machine; an oVirt VM's is its id"),
  ip: text,
  mac: text,
  enabled: z.boolean(),
  comment: text,
  managed: z.literal(false),
  build: z.literal(false),
  provision_method: z.literal('build'),
  capabilities: z.array(z.string()),
  tags: z.array(z.string()),
  bmc_available: z.literal(false),
  last_report: time,
  origin: text,
  domain_id: id,
  domain_name: text,
  architecture_id: id,
  architecture_name: text,
  operatingsystem_id: id,
  operatingsystem_name: text,
  environment_id: id,
  environment_name: text,
  model_id: id,
  model_name: text,
  hostgroup_id: id,
  hostgroup_name: text,
  hostgroup_title: text,
  compute_resource_id: id,
  compute_resource_name: text,
  compute_resource_provider: text,
  puppet_status: packed,
  configuration_status: packed,
  configuration_status_label: z.string(),
  build_status: z.literal(0),
  build_status_label: z.literal('Installed'),
  global_status: z.int().describe('0 OK, 1 Warning, 2 Error'),
  global_status_label: z.string(),
  created_at: time,
  updated_at: time,
};
const parameters = z.array(z.unknown()).describe('Always empty: parameters are kept in Foreman');

/** Of the list. */
export const HostAnswer = z.object(host);
export const HostListAnswer = apiPageOf(
  z.array(
    z.union([
      z.object({ ...host, parameters: parameters.optional(), all_parameters: parameters.optional() }),
      z.object({ id: z.int(), name: z.string() }),
    ]),
  ),
).extend({ can_create: z.boolean().optional(), can_edit: z.boolean().optional() });

export const HostDetailsAnswer = z.object({
  ...host,
  parameters,
  all_parameters: parameters,
  interfaces: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      ip: text,
      ip6: z.null(),
      mac: text,
      mtu: z.null(),
      fqdn: z.string(),
      identifier: z.null(),
      primary: z.literal(true),
      provision: z.literal(true),
      type: z.literal('interface'),
      domain_id: id,
      domain_name: text,
      managed: z.literal(false),
      virtual: z.literal(false),
    }),
  ),
  permissions: z.record(z.string(), z.boolean()),
  reported_data: z
    .object({
      boot_time: z.null(),
      virtual: z.boolean().nullable(),
      ram: id.describe('MiB'),
      sockets: id,
      cores: id,
      disks_total: id.describe('Bytes'),
      kernel_version: text,
      bios_vendor: text,
      bios_release_date: text,
      bios_version: text,
    })
    .describe('What facts tell of the machine'),
  uptime_seconds: z.null(),
});

export const StatusAnswer = z.object({ status: z.number(), status_label: z.string() });
export const FactsAnswer = apiPageOf(
  z.record(z.string(), z.record(z.string(), z.string())).describe('Host name → fact name → value'),
);
