import type { ComputeResource } from '../compute-resources';
import type { ProbeResult } from '../engine';
import { foremanTime } from '../foreman-kit';
import type { EngineAnswer } from './compute-resource.views';

/** A compute resource as Foreman's API v2 shows it (Foreman: api/v2/compute_resources); never its password or CA. */
export function computeResourceJson(resource: ComputeResource): Record<string, unknown> {
  const { id, name, description, url, username, datacenterId, datacenterName, addresses, attributes } = resource;
  return {
    id,
    name,
    provider: 'Ovirt',
    provider_friendly_name: 'oVirt',
    description,
    url,
    user: username,
    datacenter: datacenterId,
    datacenter_name: datacenterName,
    addresses,
    insecure_tls: resource.insecureTls,
    engine_writes: resource.engineWrites,
    service_account_acts: resource.serviceAccountActs,
    display_type: attributes.display_type ?? 'vnc',
    keyboard_layout: attributes.keyboard_layout ?? 'en-us',
    ovirt_quota: attributes.ovirt_quota || null,
    created_at: foremanTime(resource.createdAt),
    updated_at: foremanTime(resource.updatedAt),
  };
}

/** The local accounts, or the oVirt auth source that comes with a compute resource (foreman_ovirt: auth_source_ovirts_controller.rb); no secrets. */
export function authSourceJson(resource: ComputeResource | null): Record<string, unknown> {
  if (resource === null)
    return { id: 0, type: 'AuthSourceInternal', name: 'Internal', created_at: null, updated_at: null };
  const { protocol, hostname, port } = new URL(resource.url);
  return {
    id: resource.id,
    type: 'ForemanOvirt::AuthSourceOvirt',
    name: resource.name,
    host: hostname,
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    tls: protocol === 'https:',
    enabled: resource.enabled,
    onthefly_register: resource.ontheflyRegister,
    login_prefix: resource.loginPrefix,
    accept_readable_user: resource.acceptReadableUser,
    compute_resource_id: resource.id,
    created_at: foremanTime(resource.createdAt),
    updated_at: foremanTime(resource.updatedAt),
  };
}

/** What a registered engine says now. */
export function engineStatusJson(answer: EngineAnswer): object {
  if ('fault' in answer) return { fault: answer.fault };
  const { name, fullVersion, instanceId } = answer.product;
  return { product: { name, version: fullVersion, instance_id: instanceId }, data_centers: answer.dataCenters };
}

/** What "Test connection" found, for programs. */
export function probeJson(probe: ProbeResult): object {
  if (probe.ok)
    return {
      success: true,
      message: 'The connection works',
      version: probe.product.fullVersion,
      api_url: probe.apiUrl,
      data_centers: probe.dataCenters,
    };
  const { problem, message, refusedBy, authority, certificateNames, apiUrl } = probe;
  return {
    success: false,
    problem,
    message,
    refused_by: refusedBy,
    api_url: apiUrl,
    certificate_names: certificateNames,
    authority: authority && {
      pem: authority.pem,
      certificates: authority.certificates.map(({ subject, fingerprint, validUntil }) => ({
        subject,
        fingerprint,
        valid_until: foremanTime(validUntil),
      })),
    },
  };
}
