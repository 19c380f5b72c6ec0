import { mayOneOf, type Actor, type Permission } from '../common/actor';
import { packCounters } from '../common/counters';
import { foremanTime } from '../foreman-kit';
import type { ReportedData, HostRecord } from '../hosts';
import { notKept } from './not-kept';

const GLOBAL = { ok: 0, warning: 1, error: 2 } as const;
const STATUS_CODES: Record<HostRecord['status'], [code: number, global: number]> = {
  'Alerts disabled': [0, GLOBAL.ok],
  'No reports': [7, GLOBAL.ok],
  'Out of sync': [4, GLOBAL.warning],
  Error: [2, GLOBAL.error],
  Active: [0, GLOBAL.ok],
  Pending: [5, GLOBAL.ok],
  'No changes': [0, GLOBAL.ok],
};
const NULLS = notKept(null);
const GLOBAL_LABELS = ['OK', 'Warning', 'Error'];

/** Foreman's global status of a host (Foreman: host_status/global.rb). */
export function globalStatus(host: HostRecord): { status: number; status_label: string } {
  const [, status] = STATUS_CODES[host.status];
  return { status, status_label: GLOBAL_LABELS[status] ?? 'OK' };
}

/** Foreman's configuration status; `status` packs the counters into ten bits each (Foreman: configuration_status.rb). */
export function configurationStatusJson(host: HostRecord): { status: bigint; status_label: string } {
  return { status: packCounters(host.counters), status_label: host.status };
}

/** A host as Foreman's API v2 shows it (Foreman: api/v2/hosts/main.json.rabl); never `root_pass`. */
export function hostJson(host: HostRecord): object {
  const configuration = configurationStatusJson(host);
  const global = globalStatus(host);
  return {
    id: host.id,
    name: host.name,
    display_name: host.name,
    ...NULLS,
    certname: host.certname ?? host.name,
    uuid: host.uuid,
    ip: host.ip,
    mac: host.mac,
    enabled: host.enabled,
    comment: host.comment,
    managed: false,
    build: false,
    ...provisioning(host),
    tags: [],
    bmc_available: false,
    last_report: foremanTime(host.lastReportAt),
    origin: host.origin,
    domain_id: host.domainId,
    domain_name: host.domain,
    architecture_id: host.architectureId,
    architecture_name: host.architecture,
    operatingsystem_id: host.operatingSystemId,
    operatingsystem_name: host.operatingSystem?.title ?? null,
    environment_id: host.environmentId,
    environment_name: host.environment,
    model_id: host.modelId,
    model_name: host.model,
    hostgroup_id: host.hostgroupId,
    hostgroup_name: host.hostgroupName,
    hostgroup_title: host.hostgroup,
    compute_resource_id: host.computeResource?.id ?? null,
    compute_resource_name: host.computeResource?.name ?? null,
    compute_resource_provider: host.computeResource === null ? null : 'ovirt',
    puppet_status: configuration.status,
    configuration_status: configuration.status,
    configuration_status_label: configuration.status_label,
    build_status: 0,
    build_status_label: 'Installed',
    global_status: global.status,
    global_status_label: global.status_label,
    created_at: foremanTime(host.createdAt),
    updated_at: foremanTime(host.updatedAt),
  };
}

/** As of every host of a real Foreman: Terraform replaces hosts whose method is another than `build`. */
function provisioning({ computeResource }: HostRecord): { provision_method: 'build'; capabilities: string[] } {
  const capabilities = computeResource === null ? ['build'] : ['build', 'image', 'new_volume'];
  return { provision_method: 'build', capabilities };
}

const EDITABLE: readonly Permission[] = ['view_hosts', 'edit_hosts', 'destroy_hosts'];

/** One host in full (Foreman: api/v2/hosts/show.json.rabl): Foreman's lists that we keep nothing for are empty. */
export function hostDetailsJson(host: HostRecord, actor: Actor): object {
  return {
    ...hostJson(host),
    parameters: [],
    all_parameters: [],
    interfaces: interfaces(host),
    permissions: Object.fromEntries(EDITABLE.map((permission) => [permission, mayOneOf(actor, [permission])])),
  };
}

/** What facts tell of the machine (Foreman: api/v2/reported_data facet). */
export function reportedJson(told: ReportedData): object {
  return {
    reported_data: {
      boot_time: null,
      virtual: told.virtual,
      ram: told.ramMebibytes,
      sockets: told.sockets,
      cores: told.cores,
      disks_total: told.diskBytes,
      kernel_version: told.kernelVersion,
      bios_vendor: told.biosVendor,
      bios_release_date: told.biosReleaseDate,
      bios_version: told.biosVersion,
    },
    uptime_seconds: null,
  };
}

/** Facts tell of the primary interface only. */
function interfaces({ id, name, ip, mac, domainId, domain }: HostRecord): object[] {
  if (ip === null && mac === null) return [];
  return [
    {
      id,
      name,
      ip,
      ip6: null,
      mac,
      mtu: null,
      fqdn: name,
      identifier: null,
      primary: true,
      provision: true,
      type: 'interface',
      domain_id: domainId,
      domain_name: domain,
      managed: false,
      virtual: false,
    },
  ];
}
