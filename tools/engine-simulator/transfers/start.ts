import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine';
import { tell } from '../events/events';
import { demand } from '../people/rights';
import { created, refuse, Refusal, type Answer } from '../rest/answer';
import { numberOf, textOf, type Body, type Call } from '../rest/call';
import { demandActive } from '../storage/domains';
import type { SimDisk } from '../disks/data';
import { diskById, diskPlace, vmOfDisk } from '../disks/disks';
import { refuseLockedDisk } from '../disks/remove';
import type { DiskFile } from '../imageio/disk-file';
import type { DiskFiles } from '../imageio/disk-files';
import { convertToRaw } from '../imageio/qcow2';
import { usableHosts } from '../vms/hosts';
import { watchInactivity } from './course';
import { runningTransferOf, type SimTransfer } from './data';
import { transferOf } from './representation';

const REFUSED = 'Cannot transfer Virtual Disk';

/** `POST /imagetransfers`: answers when the ticket exists. */
export async function startTransfer(call: Call): Promise<Answer> {
  const { engine, base, body } = call;
  const disk = diskOfBody(engine, call);
  demand(call, 'edit_disk_properties', diskPlace(engine, disk));
  check(engine, disk);
  const transfer = newTransfer(engine, body, disk);
  disk.status = 'locked';
  await open(engine, transfer, disk);
  engine.data.transfers.push(transfer);
  tell(call, transfer.direction === 'upload' ? 'uploadStarted' : 'downloadStarted', { words: { disk: disk.name } });
  watchInactivity(call, transfer);
  return created(base, 'imagetransfers', transferOf(engine, base, transfer));
}

function diskOfBody(engine: Engine, { body, request }: Call): SimDisk {
  if (!['upload', 'download'].includes(textOf(body, 'direction') ?? 'upload')) {
    const url = `${request.protocol}://${request.host}/ovirt-engine/apidoc#services/image_transfers/methods/add`;
    throw new Refusal(400, `For correct usage, see: ${url}`, 'Request syntactically incorrect.');
  }
  const id = textOf(body, 'disk.id') ?? textOf(body, 'image.id');
  if (id === undefined) {
    const missing = 'No matching signature found, make sure that mandatory attributes are provided.';
    throw new Refusal(400, missing, 'Input validation failed.');
  }
  const disk = diskById(engine, id);
  if (!disk) throw refuse(500, 'General command validation failure.');
  return disk;
}

function check(engine: Engine, disk: SimDisk): void {
  const domain = engine.data.storageDomains.find(({ id }) => id === disk.storageDomainId);
  if (domain) demandActive(domain, REFUSED);
  if (runningTransferOf(engine.data, disk.id)) throw refuse(409, `${REFUSED}. Disk ${disk.name} is being transferred.`);
  const vm = vmOfDisk(engine, disk);
  if (vm && vm.status !== 'down' && disk.active !== false) {
    throw refuse(409, `${REFUSED}. The disk ${disk.name} is plugged to non-Down VMs: ${vm.name}`);
  }
  refuseLockedDisk(disk, REFUSED);
  if (disk.status === 'illegal') {
    const text = `The following attached disks are in ILLEGAL status: ${disk.name} - please remove them and try again.`;
    throw refuse(500, `${REFUSED}. ${text}`);
  }
}

function newTransfer({ data }: Engine, body: Body, disk: SimDisk): SimTransfer {
  const dataCenterId = data.storageDomains.find(({ id }) => id === disk.storageDomainId)?.dataCenterId;
  const clusters = data.clusters.filter((cluster) => cluster.dataCenterId === dataCenterId);
  const [host] = clusters.flatMap(({ id }) => usableHosts(data.hosts, id));
  const policy = textOf(body, 'timeout_policy');
  return {
    ...{ id: randomUUID(), diskId: disk.id, diskName: disk.name, phase: 'transferring', hostId: host?.id ?? '' },
    direction: textOf(body, 'direction') === 'download' ? 'download' : 'upload',
    format: (textOf(body, 'format') ?? disk.format) === 'raw' ? 'raw' : 'cow',
    inactivitySeconds: numberOf(body, 'inactivity_timeout') ?? 60,
    timeoutPolicy: policy === 'cancel' || policy === 'pause' ? policy : 'legacy',
    ...{ ticketId: randomUUID(), transferredBytes: 0 },
  };
}

/** Gives the host's daemon a ticket: guest bytes have the disk's size, a file's the size that it may grow to. */
async function open({ imageio, diskFiles }: Engine, transfer: SimTransfer, disk: SimDisk): Promise<void> {
  const isUpload = transfer.direction === 'upload';
  const own = await diskFiles.of(disk.id);
  const file = !isUpload && isConverted(transfer, disk) ? await converted(diskFiles, disk) : own;
  const ofFile = isUpload ? Math.ceil(disk.provisionedBytes * 1.1) + 1024 ** 2 : await file.length();
  await imageio.add({
    ...{ id: transfer.ticketId ?? '', file, writable: isUpload },
    size: transfer.format === 'raw' ? disk.provisionedBytes : ofFile,
    throughNbd: transfer.format === 'raw',
  });
  if (isUpload) disk.sentAs = transfer.format;
}

const isConverted = ({ format }: SimTransfer, { sentAs }: SimDisk) => format === 'raw' && sentAs === 'cow';

async function converted(files: DiskFiles, disk: SimDisk): Promise<DiskFile> {
  const raw = await files.of(`${disk.id}.raw`);
  await convertToRaw(await files.of(disk.id), raw);
  return raw;
}
