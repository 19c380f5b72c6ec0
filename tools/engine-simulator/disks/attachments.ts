import { demand, visible, vmPlace } from '../people/rights';
import { complete, created, ok, refuse, type Answer } from '../rest/answer';
import { fieldOf, flag, isBody, itemOf, numberOf, parameter, pathId, textOf, type Body, type Call } from '../rest/call';
import type { SimVm } from '../vms/data';
import { visibleVm } from '../vms/update';
import { addDisk } from './create';
import type { SimDisk } from './data';
import { allDisks, diskPlace, vmOfDisk } from './disks';
import { dropWithBytes, refuseLockedDisk } from './remove';
import { attachmentOf } from './representation';

const REFUSED = 'Cannot attach Virtual Disk';

/** `POST /vms/ID/diskattachments`: of a disk that is there, or of one that is made for it. */
export function attachDisk(call: Call): Answer {
  const { body } = call;
  const vm = visibleVm(call);
  const given = fieldOf(body, 'disk');
  const isNew = isBody(given) && textOf(given, 'id') === undefined && numberOf(given, 'provisioned_size') !== undefined;
  if (textOf(body, 'interface') === undefined) {
    throw refuse(400, 'Interface is required, Attribute: diskVmElement.diskInterface');
  }
  demand(call, 'configure_vm_storage', vmPlace(call.engine, vm));
  if (isNew) refuseSecondBoot(vm, body, 'Cannot add Virtual Disk');
  const disk = isNew ? addDisk(call, given) : existing(call, vm);
  Object.assign(disk, wayOf(body, { active: isNew }));
  vm.disks.push(disk);
  return created(call.base, `vms/${vm.id}/diskattachments`, shown(call, vm, disk));
}

/** A disk that floats so far. */
function existing(call: Call, vm: SimVm): SimDisk {
  const { engine, body } = call;
  const seen = visible(call, allDisks(engine.data), (disk) => diskPlace(engine, disk));
  const disk = seen.find(({ id }) => id === textOf(body, 'disk.id'));
  if (!disk) throw refuse(400, `${REFUSED}. The specified disk does not exist.`);
  demand(call, 'attach_disk', diskPlace(engine, disk));
  if (vmOfDisk(engine, disk)) throw refuse(409, `${REFUSED}. The disk is already attached to VM.`);
  refuseLockedDisk(disk, REFUSED);
  refuseSecondBoot(vm, body, REFUSED);
  engine.data.disks = engine.data.disks.filter((one) => one !== disk);
  return disk;
}

function refuseSecondBoot(vm: SimVm, body: Body, refused: string): void {
  const boot = vm.disks.find((disk) => disk.bootable ?? true);
  if (textOf(body, 'bootable') !== 'true' || !boot) return;
  throw refuse(409, `${refused}. Disk ${boot.name} in VM ${vm.name} is already marked as boot.`);
}

const wayOf = (body: Body, usual: { active: boolean }) => ({
  interface: textOf(body, 'interface'),
  bootable: textOf(body, 'bootable') === 'true',
  active: (textOf(body, 'active') ?? String(usual.active)) === 'true',
});

/** `PUT`: a larger disk, or plugged in another way. */
export function changeAttachment(call: Call): Answer {
  const { engine, body } = call;
  const vm = visibleVm(call);
  const disk = itemOf(vm.disks, pathId(call, 'disk'));
  demand(call, 'edit_disk_properties', diskPlace(engine, disk));
  const bytes = numberOf(body, 'disk.provisioned_size');
  if (bytes !== undefined && bytes < disk.provisionedBytes) {
    throw refuse(400, 'Cannot edit Virtual Disk. New disk size must be larger than the current disk size.');
  }
  if (bytes !== undefined) resize(call, disk, bytes);
  const active = textOf(body, 'active');
  if (active !== undefined) disk.active = active === 'true';
  return ok(shown(call, vm, disk));
}

function resize({ engine }: Call, disk: SimDisk, bytes: number): void {
  refuseLockedDisk(disk, 'Cannot edit Virtual Disk');
  Object.assign(disk, { provisionedBytes: bytes, status: 'locked' });
  engine.clock.after(engine.timing.imageCopy, () => (disk.status = 'ok'));
}

/** `DELETE`: the disk floats on unless it is to go, too. */
export function detachDisk(call: Call): Answer {
  const { engine } = call;
  const vm = visibleVm(call);
  const disk = itemOf(vm.disks, pathId(call, 'disk'));
  demand(call, 'configure_vm_storage', vmPlace(engine, vm));
  vm.disks.splice(vm.disks.indexOf(disk), 1);
  engine.data.disks.push(disk);
  if (parameter(call, 'detach_only') !== '' && !flag(call, 'detach_only')) {
    disk.status = 'locked';
    engine.clock.after(engine.timing.disksGoing, () => dropWithBytes(engine, disk));
  }
  return complete(call.base);
}

const shown = ({ engine, base }: Call, vm: SimVm, disk: SimDisk) =>
  attachmentOf(engine, base, `${base}/vms/${vm.id}`, disk, false);
