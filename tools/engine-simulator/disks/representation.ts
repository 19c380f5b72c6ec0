import type { Engine } from '../engine';
import { Kept, Long, type WireObject } from '../rest/encode';
import { actionsOf, linksOf, reference, some, statusOf } from '../rest/references';
import type { SimDisk } from './data';

export const DISK_ACTIONS = ['sparsify', 'copy', 'export', 'move', 'refreshlun', 'convert', 'reduce'];
const DISK_PROFILE_ID = '0b275bf7-a8a6-4bf3-bc40-cadae8fd71a2';

export function diskOf(engine: Engine, base: string, disk: SimDisk): WireObject {
  const { personality } = engine;
  const itself = reference(base, 'disks', disk.id);
  const actual = disk.isBeingMade ? 0 : (disk.actualBytes ?? Math.floor(disk.provisionedBytes / 3));
  const old = {
    ...{ ...itself, name: disk.name, alias: disk.name, description: disk.description ?? '' },
    ...{ provisioned_size: new Long(disk.provisionedBytes), actual_size: new Long(actual) },
    status: statusOf(personality, disk.status ?? 'ok'),
  };
  const format = disk.format ?? 'cow';
  if (personality.major < 4) {
    const bus = disk.interface ?? 'virtio';
    return { ...old, size: new Long(disk.provisionedBytes), interface: bus, bootable: true, format, sparse: true };
  }
  return {
    ...{ ...old, total_size: new Long(actual), format, sparse: disk.sparse ?? true, image_id: imageIdOf(disk) },
    ...some(format === 'cow' && !disk.isBeingMade, { qcow_version: 'qcow2_v3' }),
    ...{ backup: 'none', content_type: 'data', propagate_errors: false, shareable: false, storage_type: 'image' },
    wipe_after_delete: false,
    disk_profile: reference(base, 'diskprofiles', DISK_PROFILE_ID),
    quota: quotaOf(engine, base, disk),
    storage_domains: domainsOf(base, disk),
    actions: actionsOf(itself.href, DISK_ACTIONS),
    link: linksOf(itself.href, ['disksnapshots', 'permissions', 'statistics']),
  };
}

/** Of its one volume. */
const imageIdOf = ({ id }: SimDisk) => id.replace(/^.{4}/, 'ffff');

const domainsOf = (base: string, { storageDomainId }: SimDisk) =>
  storageDomainId === undefined ? undefined : { storage_domain: [reference(base, 'storagedomains', storageDomainId)] };

/** The data center's default one where none was named. */
function quotaOf({ data }: Engine, base: string, disk: SimDisk): WireObject | undefined {
  const domain = data.storageDomains.find(({ id }) => id === disk.storageDomainId);
  const quota = data.quotas.find((one) => one.id === disk.quotaId || one.dataCenterId === domain?.dataCenterId);
  return quota && reference(`${base}/datacenters/${quota.dataCenterId}`, 'quotas', quota.id);
}

/** The disk itself is only a reference unless the caller follows the link (4.2+). `owner` is a VM's or template's path. */
export function attachmentOf(
  engine: Engine,
  base: string,
  owner: string,
  disk: SimDisk,
  isFollowed: boolean,
): WireObject {
  const ownerId = owner.split('/').at(-1) ?? '';
  const isTemplate = owner.includes('/templates/');
  return {
    ...{ id: disk.id, href: `${owner}/diskattachments/${disk.id}`, active: disk.active ?? true },
    ...{ bootable: disk.bootable ?? true, interface: disk.interface ?? 'virtio_scsi' },
    ...{ pass_discard: false, read_only: false, uses_scsi_reservation: false },
    disk: isFollowed ? diskOf(engine, base, disk) : reference(base, 'disks', disk.id),
    link: isFollowed ? new Kept([]) : undefined,
    ...some(isTemplate, { template: reference(base, 'templates', ownerId) }),
    vm: reference(base, 'vms', ownerId),
  };
}
