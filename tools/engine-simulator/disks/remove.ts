import type { Engine } from '../engine';
import { command } from '../jobs/jobs';
import { demand, visibleOne } from '../people/rights';
import { complete, refuse, type Answer } from '../rest/answer';
import { pathId, type Call } from '../rest/call';
import { runningTransferOf } from '../transfers/data';
import type { SimDisk } from './data';
import { allDisks, diskPlace, dropDisk, vmOfDisk } from './disks';

const REFUSED = 'Cannot remove Virtual Disk';

/** `DELETE /disks/ID`: answered at once, the disk goes later. */
export function removeDisk(call: Call): Answer {
  const { engine, base } = call;
  const disk = visibleOne(call, allDisks(engine.data), pathId(call), (of) => diskPlace(engine, of));
  demand(call, 'delete_disk', diskPlace(engine, disk));
  const { jobId } = command(call, `Removing Disk ${disk.name} from ${domainNameOf(engine, disk)}`, (job) => {
    check(engine, disk);
    disk.status = 'locked';
    job.finishAfter(engine.timing.disksGoing, () => dropWithBytes(engine, disk));
  });
  return complete(base, jobId);
}

/** Takes the disk out of the engine, its bytes, too. */
export function dropWithBytes(engine: Engine, disk: SimDisk): void {
  dropDisk(engine, disk);
  void engine.diskFiles.remove(disk.id);
}

const domainNameOf = ({ data }: Engine, { storageDomainId }: SimDisk) =>
  data.storageDomains.find(({ id }) => id === storageDomainId)?.name ?? 'domain';

function check(engine: Engine, disk: SimDisk): void {
  if (runningTransferOf(engine.data, disk.id)) throw refuse(409, `${REFUSED}. Disk ${disk.name} is being transferred.`);
  const vm = vmOfDisk(engine, disk);
  if (vm && vm.status !== 'down') throw refuse(409, `${REFUSED}. At least one of the VMs is not down.`);
  refuseLockedDisk(disk, REFUSED);
}

/** @throws {Refusal} 409 while something is done to the disk */
export function refuseLockedDisk(disk: SimDisk, refused: string): void {
  if (disk.status !== 'locked') return;
  throw refuse(409, `${refused}: The following disks are locked: ${disk.name}. Please try again in a few minutes.`);
}
