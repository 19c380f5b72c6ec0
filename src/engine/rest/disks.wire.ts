import { z } from 'zod';
import type { EngineAttachment, EngineDisk } from '../ports';
import { flag, guid, list, number, reference, status, text } from '../wire';

const fields = z.object({
  id: guid,
  name: text,
  alias: text,
  description: text,
  status: status.nullish(),
  provisioned_size: number.nullish(),
  actual_size: number.nullish(),
  format: z.enum(['cow', 'raw']).nullish(),
  sparse: flag.nullish(),
  storage_domains: list('storage_domain', reference).nullish(),
});

function toDisk(of: z.output<typeof fields>): EngineDisk {
  return {
    id: of.id,
    name: of.name ?? of.alias ?? '',
    description: of.description,
    status: of.status ?? 'unknown',
    provisionedBytes: of.provisioned_size ?? 0,
    actualBytes: of.actual_size ?? null,
    format: of.format ?? null,
    sparse: of.sparse ?? false,
    storageDomainIds: (of.storage_domains ?? []).map(({ id }) => id),
  };
}

export const disk = fields.transform(toDisk);
export const disks = list('disk', disk);

/** The disk is a bare reference where its user may not see it. */
export const attachments = list(
  'disk_attachment',
  z
    .object({ id: guid, interface: text, bootable: flag.nullish(), active: flag.nullish(), disk: fields.nullish() })
    .transform((of): EngineAttachment => ({
      id: of.id,
      interface: of.interface ?? 'virtio',
      bootable: of.bootable ?? false,
      active: of.active ?? false,
      disk: of.disk?.provisioned_size === undefined || of.disk.provisioned_size === null ? null : toDisk(of.disk),
    })),
);

/** 3.x has no attachments: a disk tells itself how it hangs on its template. */
export const disksOfTemplate = list(
  'disk',
  fields.extend({ interface: text, bootable: flag.nullish() }).transform((of): EngineAttachment => ({
    id: of.id,
    interface: of.interface ?? 'virtio',
    bootable: of.bootable ?? false,
    active: true,
    disk: toDisk(of),
  })),
);
