import type { EngineIdentity } from './identity';
import type { CallOptions, DataCenter } from '../engine-client';

export interface Version {
  major: number;
  minor: number;
}

export interface EngineDataCenter extends DataCenter {
  version: Version | null;
  /** `disabled`, `audit`, `enabled`. */
  quotaMode: string | null;
}

export interface EngineCluster {
  id: string;
  name: string;
  /** Null for a cluster of no data center. */
  dataCenterId: string | null;
  /** The cluster level. */
  version: Version | null;
  /** `x86_64`, `ppc64`, `s390x`, …; null while undefined. */
  architecture: string | null;
  /** False for clusters of Gluster alone, which run no VMs. */
  runsVms: boolean;
}

export interface EngineStorageDomain {
  id: string;
  name: string;
  /** `data`, `iso`, `export`, `image`, … */
  type: string;
  /** `nfs`, `iscsi`, `fcp`, `glance`, …; null where the engine does not tell. */
  storageType: string | null;
  /** Null where it is told of a data center alone. */
  status: string | null;
  dataCenterIds: string[];
  /** Whole GiB in bytes; null for those without sizes, such as Glance. */
  availableBytes: number | null;
  usedBytes: number | null;
  /** Below so many GiB every create fails. */
  blockerGib: number | null;
  /** Kept for backups: nothing on it runs. */
  backup: boolean;
}

export interface EngineInstanceType {
  id: string;
  name: string;
  description: string | null;
  memoryBytes: number;
  sockets: number;
  cores: number;
  threads: number;
}

export interface EngineOperatingSystem {
  /** What goes into a VM as its type, such as `rhel_9x64`. */
  name: string;
  description: string;
  /** Null before 4.2.4. */
  architecture: string | null;
}

export interface EngineQuota {
  id: string;
  name: string;
  description: string | null;
}

export interface EngineNetwork {
  id: string;
  name: string;
  /** Whether VMs may use it in the cluster that was asked for. */
  forVms: boolean;
}

export interface EngineVnicProfile {
  id: string;
  name: string;
  networkId: string;
}

/** Where VMs can be and what they can be made of: what forms offer. Everything as the caller may see it. */
export interface EnginePlaces {
  dataCenters(as: EngineIdentity, options?: CallOptions): Promise<EngineDataCenter[]>;
  clusters(as: EngineIdentity, options?: CallOptions): Promise<EngineCluster[]>;
  /** All of the engine, or with their states those of a data center. */
  storageDomains(as: EngineIdentity, options?: CallOptions & { dataCenterId?: string }): Promise<EngineStorageDomain[]>;
  instanceTypes(as: EngineIdentity, options?: CallOptions): Promise<EngineInstanceType[]>;
  operatingSystems(as: EngineIdentity, options?: CallOptions): Promise<EngineOperatingSystem[]>;
  /** Empty for those who are no administrators. */
  quotas(as: EngineIdentity, dataCenterId: string, options?: CallOptions): Promise<EngineQuota[]>;
  /** Networks of a cluster. */
  networks(as: EngineIdentity, clusterId: string, options?: CallOptions): Promise<EngineNetwork[]>;
  vnicProfiles(as: EngineIdentity, options?: CallOptions): Promise<EngineVnicProfile[]>;
}
