import { z } from 'zod';
import type {
  EngineCluster,
  EngineDataCenter,
  EngineInstanceType,
  EngineNetwork,
  EngineOperatingSystem,
  EngineQuota,
  EngineStorageDomain,
  EngineVnicProfile,
} from '../ports';
import { flag, guid, list, number, reference, status, text } from '../wire';

const version = z
  .object({ major: number, minor: number })
  .nullish()
  .transform((of) => of ?? null);
const named = { id: guid, name: z.string() };
const described = { ...named, description: text };

export const dataCenters = list(
  'data_center',
  z.object({ ...named, status: status.nullish(), version, quota_mode: text }).transform((of): EngineDataCenter => ({
    id: of.id,
    name: of.name,
    status: of.status ?? null,
    version: of.version,
    quotaMode: of.quota_mode,
  })),
);

export const clusters = list(
  'cluster',
  z
    .object({
      ...named,
      data_center: reference.nullish(),
      version,
      cpu: z.object({ architecture: text }).nullish(),
      virt_service: flag.nullish(),
    })
    .transform((of): EngineCluster => ({
      id: of.id,
      name: of.name,
      dataCenterId: of.data_center?.id ?? null,
      version: of.version,
      architecture: architecture(of.cpu?.architecture),
      runsVms: of.virt_service ?? true,
    })),
);

/** `undefined` until a cluster has a CPU type, and of Blank; 3.x writes it in capitals. */
export const architecture = (word: string | null | undefined): string | null =>
  word === null || word === undefined || /^undefined$/i.test(word) ? null : word.toLowerCase();

export const storageDomains = list(
  'storage_domain',
  z
    .object({
      ...named,
      type: z.string(),
      storage: z.object({ type: text }).nullish(),
      status: status.nullish(),
      data_center: reference.nullish(),
      data_centers: list('data_center', reference).nullish(),
      available: number.nullish(),
      used: number.nullish(),
      critical_space_action_blocker: number.nullish(),
      backup: flag.nullish(),
    })
    .transform((of): EngineStorageDomain => ({
      id: of.id,
      name: of.name,
      type: of.type,
      storageType: of.storage?.type ?? null,
      status: of.status ?? null,
      dataCenterIds: (of.data_centers ?? (of.data_center ? [of.data_center] : [])).map(({ id }) => id),
      availableBytes: of.available ?? null,
      usedBytes: of.used ?? null,
      blockerGib: of.critical_space_action_blocker ?? null,
      backup: of.backup ?? false,
    })),
);

export const instanceTypes = list(
  'instance_type',
  z
    .object({
      ...described,
      memory: number,
      cpu: z.object({ topology: z.object({ sockets: number, cores: number, threads: number.nullish() }) }),
    })
    .transform(({ cpu: { topology }, ...of }): EngineInstanceType => ({
      id: of.id,
      name: of.name,
      description: of.description,
      memoryBytes: of.memory,
      sockets: topology.sockets,
      cores: topology.cores,
      threads: topology.threads ?? 1,
    })),
);

/** Their ids are numbers. */
export const operatingSystems = list(
  'operating_system',
  z.object({ name: z.string(), description: text, architecture: text }).transform((of): EngineOperatingSystem => ({
    name: of.name,
    description: of.description ?? of.name,
    architecture: architecture(of.architecture),
  })),
);

export const quotas = list(
  'quota',
  z.object(described).transform((of): EngineQuota => of),
);

/** Of a cluster; before 4.0 a network that says nothing of its usages is one for VMs. */
export const networks = list(
  'network',
  z
    .object({ ...named, usages: z.object({ usage: z.array(z.string()).nullish() }).nullish() })
    .transform(({ usages, ...of }): EngineNetwork => ({
      ...of,
      forVms: usages?.usage?.some((usage) => usage.toLowerCase() === 'vm') ?? usages === undefined,
    })),
);

export const vnicProfiles = list(
  'vnic_profile',
  z
    .object({ ...named, network: reference })
    .transform(({ network, ...of }): EngineVnicProfile => ({ ...of, networkId: network.id })),
);
