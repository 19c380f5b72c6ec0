import type {
  EngineCluster,
  EngineDataCenter,
  EngineInstanceType,
  EngineNetwork,
  EngineOperatingSystem,
  EngineStorageDomain,
  EngineTemplate,
  EngineVnicProfile,
  Version,
} from '../engine';
import { domainFit, templateFit } from './fit';

/** The rows of the lists, as the API shows them. */

const MIB = 1024 ** 2;

const level = (version: Version | null) => (version === null ? null : `${version.major}.${version.minor}`);

export function dataCenterJson({ id, name, status, version, quotaMode }: EngineDataCenter): object {
  return { id, name, status, version: level(version), quota_mode: quotaMode };
}

export function clusterJson({ id, name, dataCenterId, version, architecture }: EngineCluster): object {
  return { id, name, data_center: dataCenterId && { id: dataCenterId }, version: level(version), architecture };
}

export function networkJson({ id, name }: EngineNetwork, profiles: readonly EngineVnicProfile[]): object {
  const own = profiles.filter(({ networkId }) => networkId === id);
  return { id, name, vnic_profiles: own.map((profile) => ({ id: profile.id, name: profile.name })) };
}

/** @param cluster that they are to fit; absent: any */
export function imagesJson(
  templates: readonly EngineTemplate[],
  clusters: readonly EngineCluster[],
  cluster?: EngineCluster,
): object[] {
  const newest = new Map<string | null, number>();
  for (const { baseTemplateId, versionNumber } of templates)
    newest.set(baseTemplateId, Math.max(versionNumber, newest.get(baseTemplateId) ?? 0));
  return templates.map((template) => ({
    uuid: template.id,
    name: template.name,
    description: template.description,
    status: template.status,
    version: template.versionNumber,
    version_name: template.versionName,
    base_uuid: template.baseTemplateId,
    latest: template.versionNumber === newest.get(template.baseTemplateId),
    os: template.os,
    architecture: template.architecture,
    ...sizesJson(template),
    ...templateFit(template, cluster, clusters),
  }));
}

export function flavorJson(type: EngineInstanceType): object {
  return { id: type.id, name: type.name, description: type.description, ...sizesJson(type) };
}

function sizesJson(of: Pick<EngineInstanceType, 'memoryBytes' | 'sockets' | 'cores' | 'threads'>): object {
  return { memory_mib: Math.floor(of.memoryBytes / MIB), sockets: of.sockets, cores: of.cores, threads: of.threads };
}

/** @param sizeBytes of the disk that they are to take */
export function storageDomainJson(domain: EngineStorageDomain, sizeBytes: number): object {
  return {
    id: domain.id,
    name: domain.name,
    storage_type: domain.storageType,
    status: domain.status,
    data_centers: domain.dataCenterIds.map((id) => ({ id })),
    free_bytes: domain.availableBytes,
    used_bytes: domain.usedBytes,
    ...domainFit(domain, sizeBytes),
  };
}

export function operatingSystemJson({ name, description, architecture }: EngineOperatingSystem): object {
  return { name, description, architecture };
}
