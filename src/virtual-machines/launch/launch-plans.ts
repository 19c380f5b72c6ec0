import { Injectable } from '@nestjs/common';
import { AppError, invalid } from '../../common/app-error';
import { EngineRegistry } from '../../compute-resources';
import { templateFit, type SeenEngine } from '../../compute-lists';
import { BLANK_TEMPLATE_ID, type EngineCluster, type EngineIdentity, type EngineTemplate } from '../../engine';
import { bootDisk } from './boot-disk';
import type { LaunchInput } from './launch-request';
import { checkVm } from './launch-rules';
import type { LaunchFields } from './launch.schema';

/** What a launch comes to. */
export interface LaunchPlan {
  vm: Omit<LaunchInput, 'initialization' | 'payload'>;
  /** Name of the template. */
  image: string;
  os: string | null;
  dataCenterId: string | null;
  vcpus: number;
  memoryMib: number;
}

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
/** More than any storage takes for one disk (oVirt: MaxBlockDiskSizeInGibiBytes). */
const MAX_DISK_GIB = 8_192;

/** Reads of an engine, as the caller, what a launch refers to, and finds what would not work. */
@Injectable()
export class LaunchPlans {
  constructor(private readonly registry: EngineRegistry) {}

  /** @throws AppError invalid, conflict, forbidden and what the engine says */
  async of(seen: SeenEngine, as: EngineIdentity, fields: LaunchFields): Promise<LaunchPlan> {
    const [cluster, template, flavor] = await Promise.all([
      seen.cluster(fields.cluster),
      seen.template(fields.template),
      fields.flavor === undefined ? undefined : seen.instanceType(fields.flavor),
    ]);
    checkVm(fields, template.os);
    await demandFit(seen, template, cluster);
    const nics = await this.nicsOf(seen, as, cluster, fields);
    const diskBytes = await this.diskOf(seen, as, template, fields);
    await this.demandFreeName(seen, as, fields.vm_name);
    const { memory_mib: memory, sockets, cores } = fields;
    const size = {
      memoryBytes: memory === undefined ? flavor?.memoryBytes : memory * MIB,
      sockets: sockets ?? flavor?.sockets,
      cores: cores ?? flavor?.cores,
    };
    return {
      vm: {
        name: fields.vm_name,
        description: fields.description,
        clusterId: cluster.id,
        templateId: template.id,
        ...size,
        nics,
        diskBytes,
      },
      image: template.name,
      os: template.os,
      dataCenterId: cluster.dataCenterId,
      vcpus: (size.sockets ?? template.sockets) * (size.cores ?? template.cores) * template.threads,
      memoryMib: Math.ceil((size.memoryBytes ?? template.memoryBytes) / MIB),
    };
  }

  private async nicsOf(
    seen: SeenEngine,
    as: EngineIdentity,
    cluster: EngineCluster,
    { nics }: LaunchFields,
  ): Promise<LaunchInput['nics']> {
    if (nics === undefined) return undefined;
    const twice = nics.find(({ name }, index) => nics.findIndex((other) => other.name === name) !== index);
    if (twice !== undefined) throw invalid('nics', `has ${twice.name} twice`);
    await this.demandChanges(seen, as);
    const networks = await seen.networks(cluster.id);
    return Promise.all(
      nics.map(async ({ name, vnic_profile: asked }, index) => ({
        name,
        vnicProfileId: (await seen.vnicProfile(asked, networks, `nics/${index}/vnic_profile`)).id,
      })),
    );
  }

  private async diskOf(seen: SeenEngine, as: EngineIdentity, { id, name }: EngineTemplate, fields: LaunchFields) {
    const { disk_gib: gib } = fields;
    if (gib === undefined) return undefined;
    if (!Number.isInteger(gib) || gib < 1 || gib > MAX_DISK_GIB)
      throw invalid('disk_gib', `must be a whole number from 1 to ${MAX_DISK_GIB}`);
    await this.demandChanges(seen, as);
    const engine = await this.registry.engine(seen.resource.id);
    const attachments = await seen.heard(engine.disks.templateAttachments(as, id));
    // whoever is no administrator sees the disks of VMs, and none of a template
    if (attachments.length === 0 && id !== BLANK_TEMPLATE_ID) return gib * GIB;
    const boot = bootDisk(attachments);
    if (!boot?.disk) throw invalid('disk_gib', `has no meaning for ${name}, which has no disk to boot from`);
    if (boot.disk.provisionedBytes > gib * GIB)
      throw invalid('disk_gib', `is less than the ${Math.ceil(boot.disk.provisionedBytes / GIB)} GiB of ${name}`);
    return gib * GIB;
  }

  /** Engines before 4.2 make a VM as its template is, and change nothing of it. */
  private async demandChanges(seen: SeenEngine, as: EngineIdentity): Promise<void> {
    const engine = await this.registry.engine(seen.resource.id);
    await seen.heard(engine.vms.demandChanges(as));
  }

  /** The engine would say so only once the operation has begun. */
  private async demandFreeName(seen: SeenEngine, as: EngineIdentity, name: string): Promise<void> {
    const engine = await this.registry.engine(seen.resource.id);
    const found = await seen.heard(engine.vms.byName(as, name));
    if (found.length > 0)
      throw new AppError('conflict', `There is a virtual machine ${name} already: choose another name`, {
        reason: 'name_taken',
        fields: { vm_name: ['has already been taken'] },
      });
  }
}

async function demandFit(seen: SeenEngine, template: EngineTemplate, cluster: EngineCluster): Promise<void> {
  const fit = templateFit(template, cluster, await seen.clusters());
  if (fit.fits) return;
  if (template.status === 'locked')
    throw new AppError('conflict', `Template ${template.name}: ${fit.reason}`, { reason: 'template_locked' });
  throw invalid('template', `${template.name} does not fit: ${fit.reason}`);
}
