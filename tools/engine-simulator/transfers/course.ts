import type { Engine } from '../engine';
import { tell } from '../events/events';
import type { Call } from '../rest/call';
import type { SimDisk } from '../disks/data';
import { diskById } from '../disks/disks';
import { dropWithBytes } from '../disks/remove';
import { qcow2Header } from '../imageio/qcow2';
import { hasFinished, type SimTransfer, type TransferPhase } from './data';

/** A finished transfer is shown so long; before 4.4 not at all. */
const KEPT_MS = 15 * 60_000;
/** Has an idle transfer paused or cancelled, as its policy says. */
export function watchInactivity(call: Call, transfer: SimTransfer): void {
  const { engine } = call;
  if (transfer.inactivitySeconds === 0) return;
  const allowedMs = transfer.inactivitySeconds * 1000;
  const look = () => {
    if (hasFinished(transfer)) return;
    const idleMs = engine.clock.now() - (engine.imageio.find(transfer.ticketId)?.lastUsedAt ?? -Infinity);
    if (transfer.phase === 'transferring' && idleMs >= allowedMs) return goIdle(call, transfer);
    engine.clock.after(Math.max(1000, allowedMs - Math.max(0, idleMs)), look);
  };
  engine.clock.after(allowedMs, look);
}

function goIdle(call: Call, transfer: SimTransfer): void {
  const { timeoutPolicy, direction } = transfer;
  const pauses = timeoutPolicy === 'pause' || (timeoutPolicy === 'legacy' && direction === 'upload');
  if (!pauses) return cancel(call, transfer, 'cancelled_system');
  transfer.phase = 'paused_system';
  watchInactivity(call, transfer);
}

/** Ends it without its disk, which goes with an upload. */
export function cancel(call: Call, transfer: SimTransfer, phase: 'cancelled_user' | 'cancelled_system'): void {
  const isBySystem = phase === 'cancelled_system';
  const { engine } = call;
  const disk = diskById(engine, transfer.diskId);
  transfer.phase = phase;
  if (disk && transfer.direction === 'upload') disk.status = 'illegal';
  if (isBySystem) tell(call, 'transferIdle');
  engine.clock.after(engine.timing.transferCleanup, () => {
    transfer.phase = isBySystem ? 'finalizing_failure' : 'finalizing_cleanup';
  });
  engine.clock.after(2 * engine.timing.transferCleanup, () => {
    end(engine, transfer, isBySystem ? 'finished_failure' : 'finished_cleanup');
    tell(call, transfer.direction === 'upload' ? 'uploadCancelled' : 'downloadCancelled', wordsOf(transfer));
    if (disk) endDisk(engine, transfer, disk);
  });
}

/** An upload's disk goes, a download's is as before. */
function endDisk(engine: Engine, { direction }: SimTransfer, disk: SimDisk): void {
  disk.status = direction === 'upload' ? 'locked' : 'ok';
  if (direction === 'upload') engine.clock.after(engine.timing.disksGoing, () => dropWithBytes(engine, disk));
}

/** Looks at what was sent, and later says whether it is an image. */
export async function finalize(call: Call, transfer: SimTransfer): Promise<void> {
  const { engine } = call;
  const disk = diskById(engine, transfer.diskId);
  transfer.phase = 'finalizing_success';
  const isSound = disk !== undefined && (await isImage(engine, transfer, disk));
  engine.clock.after(engine.timing.transferFinalize, () => conclude(call, transfer, disk, isSound));
}

function conclude(call: Call, transfer: SimTransfer, disk: SimDisk | undefined, isSound: boolean): void {
  const { engine } = call;
  const isUpload = transfer.direction === 'upload';
  if (disk && isSound) {
    disk.status = 'ok';
    end(engine, transfer, 'finished_success');
    return tell(call, isUpload ? 'uploadDone' : 'downloadDone', wordsOf(transfer));
  }
  close(engine, transfer);
  transfer.phase = 'finalizing_failure';
  engine.clock.after(engine.timing.transferFinalize, () => {
    end(engine, transfer, 'finished_failure');
    tell(call, isUpload ? 'uploadFailed' : 'downloadFailed', wordsOf(transfer));
    if (disk) dropWithBytes(engine, disk);
  });
}

/** What qemu-img would say: a whole qcow2 header without a backing file, of the disk's size. */
async function isImage({ diskFiles }: Engine, transfer: SimTransfer, disk: SimDisk): Promise<boolean> {
  if (transfer.direction === 'download' || transfer.format === 'raw') return true;
  const header = await qcow2Header(await diskFiles.of(disk.id));
  return header !== null && !header.hasBackingFile && header.virtualBytes <= disk.provisionedBytes;
}

function end(engine: Engine, transfer: SimTransfer, phase: TransferPhase): void {
  const { data, personality, clock } = engine;
  close(engine, transfer);
  transfer.phase = phase;
  const forget = () => {
    data.transfers = data.transfers.filter((one) => one !== transfer);
  };
  if (personality.minor < 4) forget();
  else clock.after(KEPT_MS, forget);
}

/** Takes the ticket back. */
function close(engine: Engine, transfer: SimTransfer): void {
  transfer.transferredBytes = engine.imageio.find(transfer.ticketId)?.transferredBytes ?? transfer.transferredBytes;
  engine.imageio.remove(transfer.ticketId);
  transfer.ticketId = null;
}

const wordsOf = ({ diskName }: SimTransfer): { words: Record<string, string> } => ({ words: { disk: diskName } });
