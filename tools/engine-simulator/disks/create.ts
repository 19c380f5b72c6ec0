import { randomUUID } from 'node:crypto';
import { tell } from '../events/events';
import { command, type OpenJob } from '../jobs/jobs';
import { demand, grant } from '../people/rights';
import { created, forbidden, incomplete, refuse, unknownEntity, type Answer } from '../rest/answer';
import { fieldOf, isBody, numberOf, textOf, type Body, type Call } from '../rest/call';
import { demandRoom, domainNamed, domainPlace } from '../storage/domains';
import type { SimStorageDomain } from '../storage/data';
import type { SimDisk } from './data';
import { diskById } from './disks';
import { diskOf } from './representation';

const REFUSED = 'Cannot add Virtual Disk';

/** `POST /disks`. */
export function createDisk(call: Call): Answer {
  const { body } = call;
  if (numberOf(body, 'provisioned_size') === undefined) throw incomplete('Disk [provisionedSize] required for add');
  if (textOf(body, 'format') === undefined) throw incomplete('Disk [format] required for add');
  const disk = addDisk(call, body);
  call.engine.data.disks.push(disk);
  return created(call.base, 'disks', diskOf(call.engine, call.base, disk));
}

/**
 * Makes what a body of a disk says: locked for a while, then ok.
 * @returns the disk, which the caller puts in its place
 */
export function addDisk(call: Call, body: Body): SimDisk {
  const { engine, caller } = call;
  const domain = domainOfBody(call, body);
  demand(call, 'create_disk', domainPlace(domain));
  const disk = newDisk(body, domain);
  command(call, `Adding Disk ${disk.name}`, (job) => {
    if (diskById(engine, disk.id))
      throw refuse(400, `${REFUSED}. Disk with the given Id already exists in the system.`);
    demandRoom(domain, REFUSED, disk.sparse === false ? disk.provisionedBytes : 0);
    if (!caller.admin) grant(engine, 'DiskOperator', caller.id, 'disk', disk.id);
    make(call, job, disk);
  });
  return disk;
}

function make(call: Call, job: OpenJob, disk: SimDisk): void {
  tell(call, 'diskAdding', { words: { disk: disk.name } });
  job.step('Creating Volume');
  job.finishAfter(call.engine.timing.imageCopy, () => {
    Object.assign(disk, { status: 'ok', isBeingMade: false });
    tell(call, 'diskAdded', { words: { disk: disk.name } });
  });
}

/** Only the first domain counts. */
function domainOfBody({ engine, caller }: Call, body: Body): SimStorageDomain {
  const listed = fieldOf(body, 'storage_domains.storage_domain');
  const first: unknown = Array.isArray(listed) ? listed[0] : undefined;
  const by = isBody(first) ? { id: textOf(first, 'id'), name: textOf(first, 'name') } : {};
  const wanted = by.id ?? by.name;
  if (wanted === undefined) {
    throw caller.admin ? refuse(400, `${REFUSED}. Storage Domain hasn't been specified.`) : forbidden();
  }
  const domain = domainNamed(engine, by);
  if (!domain) throw unknownEntity(wanted);
  return domain;
}

function newDisk(body: Body, domain: SimStorageDomain): SimDisk {
  const isRaw = textOf(body, 'format') === 'raw';
  const sparse = textOf(body, 'sparse');
  const id = textOf(body, 'id') ?? randomUUID();
  return {
    ...{ id, name: textOf(body, 'name') ?? textOf(body, 'alias') ?? '', description: textOf(body, 'description') },
    ...{ provisionedBytes: numberOf(body, 'provisioned_size') ?? 0, format: isRaw ? 'raw' : 'cow', status: 'locked' },
    isBeingMade: true,
    sparse: sparse === undefined ? !isRaw : sparse === 'true',
    ...{ storageDomainId: domain.id, quotaId: textOf(body, 'quota.id'), bootable: false },
  };
}
