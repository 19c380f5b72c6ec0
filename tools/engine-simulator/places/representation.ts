import type { Engine } from '../engine';
import { Int, type WireObject } from '../rest/encode';
import { actionsOf, linksOf, reference, statusOf } from '../rest/references';
import { MAC_POOL_ID } from '../seeds';
import type { SimCluster, SimDataCenter, SimHost } from './data';

const LEVEL = { major: new Int(4), minor: new Int(7) };

export function dataCenterOf({ personality }: Engine, base: string, of: SimDataCenter): WireObject {
  const itself = reference(base, 'datacenters', of.id);
  const old = { ...itself, name: of.name, description: of.description, status: statusOf(personality, of.status) };
  if (personality.major < 4) return old;
  return {
    ...old,
    ...{
      local: false,
      quota_mode: of.quotaMode ?? 'disabled',
      version: LEVEL,
      supported_versions: { version: [LEVEL] },
    },
    mac_pool: reference(base, 'macpools', MAC_POOL_ID),
    actions: actionsOf(itself.href, ['setmaster', 'cleanfinishedtasks']),
    link: linksOf(itself.href, [
      'networks',
      'storagedomains',
      'permissions',
      'quotas',
      'clusters',
      'qoss',
      'iscsibonds',
    ]),
  };
}

export function clusterOf({ personality }: Engine, base: string, of: SimCluster): WireObject {
  const itself = reference(base, 'clusters', of.id);
  const old = {
    ...{ ...itself, name: of.name, cpu: { type: 'Intel Nehalem Family' }, virt_service: true },
    data_center: reference(base, 'datacenters', of.dataCenterId),
  };
  if (personality.major < 4) return old;
  return {
    ...{ ...old, ...CLUSTER, cpu: { architecture: 'x86_64', type: 'Intel Nehalem Family' }, version: LEVEL },
    ...{ description: '', comment: '' },
    mac_pool: reference(base, 'macpools', MAC_POOL_ID),
    scheduling_policy: reference(base, 'schedulingpolicies', 'b4ed2332-a7ac-4d5f-9596-99a439cb2812'),
    actions: actionsOf(itself.href, ['upgrade', 'resetemulatedmachine', 'syncallnetworks', 'refreshglusterhealstatus']),
    link: linksOf(itself.href, ['networks', 'permissions', 'cpuprofiles', 'affinitygroups', 'enabledfeatures']),
  };
}

/** What every cluster has and nobody here changes. */
const CLUSTER: WireObject = {
  ...{ ballooning_enabled: true, error_handling: { on_error: 'migrate' }, fencing_policy: { enabled: true } },
  ...{ fips_mode: 'undefined', firewall_type: 'firewalld', gluster_service: false, ha_reservation: false },
  ...{ ksm: { enabled: true, merge_across_nodes: true }, log_max_memory_used_threshold: new Int(95) },
  ...{ log_max_memory_used_threshold_type: 'percentage', switch_type: 'legacy', threads_as_cores: false },
  memory_policy: { over_commit: { percent: new Int(100) }, transparent_hugepages: { enabled: true } },
  migration: { auto_converge: 'inherit', compressed: 'inherit', encrypted: 'inherit' },
  required_rng_sources: { required_rng_source: ['urandom'] },
  ...{ trusted_service: false, tunnel_migration: false, upgrade_in_progress: false },
  ...{ upgrade_percent_complete: new Int(0), vnc_encryption: false },
};

export function hostOf(base: string, { id, name, address, status, clusterId }: SimHost): WireObject {
  return {
    ...{ ...reference(base, 'hosts', id), name, address, status, type: 'ovirt_node', comment: '' },
    cluster: reference(base, 'clusters', clusterId),
  };
}
