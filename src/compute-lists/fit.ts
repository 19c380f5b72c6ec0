import type { EngineCluster, EngineStorageDomain, EngineTemplate } from '../engine';

/** Whether something may be chosen. `reason` is a sentence for whoever wants it all the same; null when it fits. */
export type Fit = { fits: true; reason: null } | { fits: false; reason: string };

const FITS: Fit = { fits: true, reason: null };
const unfit = (reason: string): Fit => ({ fits: false, reason });

const GIB = 1024 ** 3;

/** The part of a template that decides. */
export type FittedTemplate = Pick<EngineTemplate, 'status' | 'architecture' | 'clusterId'>;

/**
 * Whether a VM can be made of the template.
 * @param cluster where; absent: anywhere
 * @param clusters all that the caller sees: they tell which data center the template is in. One that they do not see is left to
 *   the engine to judge
 */
export function templateFit(
  { status, architecture, clusterId }: FittedTemplate,
  cluster?: EngineCluster,
  clusters: readonly EngineCluster[] = [],
): Fit {
  if (status === 'locked') return unfit('It is locked: it is still being made or copied');
  if (status !== 'ok') return unfit(`It cannot be used: its state is ${status}`);
  if (cluster === undefined) return FITS;
  if (!cluster.runsVms) return unfit(`Cluster ${cluster.name} runs no VMs`);
  const home = clusters.find(({ id }) => id === clusterId);
  if (home && home.dataCenterId !== cluster.dataCenterId) return unfit('It belongs to another data center');
  if (architecture !== null && cluster.architecture !== null && architecture !== cluster.architecture)
    return unfit(`It is for ${architecture}, cluster ${cluster.name} has ${cluster.architecture}`);
  return FITS;
}

/** The part of a storage domain that decides. */
export type FittedDomain = Pick<
  EngineStorageDomain,
  'type' | 'status' | 'backup' | 'availableBytes' | 'blockerGib' | 'dataCenterIds'
>;

/**
 * Whether a disk can be made on the storage domain: the engine makes none once less than its critical space is left.
 * @param sizeBytes of the disk; 0 asks for any room at all
 */
export function domainFit(domain: FittedDomain, sizeBytes: number): Fit {
  const { type, status, backup } = domain;
  if (type !== 'data') return unfit(`It holds no disks of VMs: its type is ${type}`);
  if (backup) return unfit('It is kept for backups');
  // Of all domains none tells its state but those of no data center.
  if (status !== null && status !== 'active') return unfit(`It is not active: its state is ${status}`);
  const room = roomOn(domain);
  if (room !== null && room < sizeBytes) return unfit(`It has too little room: ${gibOf(room)} GiB can be taken`);
  return room !== null && room <= 0 ? unfit('It is full') : FITS;
}

/** What disks may still take, in bytes; null where the engine does not tell. */
function roomOn({ availableBytes, blockerGib }: FittedDomain): number | null {
  return availableBytes === null ? null : availableBytes - (blockerGib ?? 0) * GIB;
}

const gibOf = (bytes: number) => Math.max(0, Math.floor(bytes / GIB));
