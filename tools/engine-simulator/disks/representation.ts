import type { Engine } from '../engine';
import { Long, type WireObject } from '../rest/encode';
import { reference, statusOf } from '../rest/references';
import type { SimDisk } from './data';

export function diskOf(engine: Engine, base: string, disk: SimDisk): WireObject {
  const isOld = engine.personality.major < 4;
  return {
    ...reference(base, 'disks', disk.id),
    ...{ name: disk.name, alias: disk.name, description: disk.description ?? '' },
    provisioned_size: new Long(disk.provisionedBytes),
    actual_size: new Long(Math.floor(disk.provisionedBytes / 3)),
    size: isOld ? new Long(disk.provisionedBytes) : undefined,
    status: statusOf(engine.personality, disk.status ?? 'ok'),
    bootable: isOld ? true : undefined,
  };
}

/** The disk itself is only a reference unless the caller follows the link (4.2+). `owner` is a VM's or template's path. */
export function attachmentOf(
  engine: Engine,
  base: string,
  owner: string,
  disk: SimDisk,
  isFollowed: boolean,
): WireObject {
  return {
    ...{ id: disk.id, href: `${owner}/diskattachments/${disk.id}`, active: disk.active ?? true },
    ...{ bootable: disk.bootable ?? true, interface: disk.interface ?? 'virtio_scsi', logical_name: '/dev/vda' },
    disk: isFollowed ? diskOf(engine, base, disk) : reference(base, 'disks', disk.id),
  };
}
