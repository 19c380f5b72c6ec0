import { z } from 'zod';
import type { EngineTemplate } from '../ports';
import { guid, list, number, reference, status, text } from '../wire';
import { architecture } from './places.wire';
import { topology } from './vms.wire';

export const template = z
  .object({
    id: guid,
    name: z.string(),
    description: text,
    status: status.nullish(),
    cluster: reference.nullish(),
    memory: number,
    cpu: z.object({ architecture: text, topology: topology.nullish() }).nullish(),
    os: z.object({ type: text }).nullish(),
    version: z
      .object({ version_number: number.nullish(), version_name: text, base_template: reference.nullish() })
      .nullish(),
  })
  .transform((of): EngineTemplate => ({
    id: of.id,
    name: of.name,
    description: of.description,
    status: of.status ?? 'unknown',
    clusterId: of.cluster?.id ?? null,
    memoryBytes: of.memory,
    sockets: of.cpu?.topology?.sockets ?? 1,
    cores: of.cpu?.topology?.cores ?? 1,
    threads: of.cpu?.topology?.threads ?? 1,
    os: of.os?.type ?? null,
    architecture: architecture(of.cpu?.architecture),
    versionNumber: of.version?.version_number || 1, // of Blank it is 0
    versionName: of.version?.version_name ?? null,
    baseTemplateId: of.version?.base_template?.id ?? null,
  }));
export const templates = list('template', template);
