import { randomBytes, randomUUID } from 'node:crypto';
import { tell } from '../events/events';
import type { EventKind } from '../events/kinds';
import { command, type OpenJob } from '../jobs/jobs';
import { forbiddenQuery, incomplete, ok, refuse, Refusal, unknownEntity, type Answer } from '../rest/answer';
import { textOf, type Call } from '../rest/call';
import type { SimDisk } from '../disks/data';
import { dropWithBytes } from '../disks/remove';
import { DISK_ACTIONS } from '../disks/representation';
import { actionsOf, reference } from '../rest/references';
import type { SimStorageDomain } from '../storage/data';
import { demandRoom, domainNamed, nullPointer } from '../storage/domains';
import { BLANK_TEMPLATE_ID } from '../seeds';
import { simTemplate } from '../templates/data';
import type { SimGlanceImage, SimImageProvider } from './data';
import { imagesOf, typeOf } from './glance';

const REFUSED = 'Cannot import Virtual Disk';
/** The engine reads so much of an image to know what it is. */
const HEADER_BYTES = 72;

/** What an import is to become. */
interface Import {
  provider: SimImageProvider;
  image: SimGlanceImage;
  domain: SimStorageDomain;
  disk: SimDisk;
  template: { name: string; clusterId: string } | null;
}

/**
 * `POST …/images/IMG/import`: the template comes when the disk is there, and nobody hears of it when its name is taken.
 * For administrators alone, whatever roles others have.
 */
export function importImage(call: Call, provider: SimImageProvider, imageId: string): Answer {
  const { body, base, caller, filtered } = call;
  if (filtered || !caller.admin) throw forbiddenQuery();
  const wanted = importOf(call, provider, imageId);
  const isKnown = call.engine.personality.follow; // 4.2+, too
  const jobText = `Importing Disk ${wanted.disk.name} to domain ${wanted.domain.name}`;
  command(call, jobText, (job) => begin(call, job, wanted));
  const itself = reference(base, 'disks', wanted.disk.id);
  const disk = isKnown ? { ...itself, actions: actionsOf(itself.href, DISK_ACTIONS) } : undefined;
  return ok({ ...(body as Record<string, string>), disk, status: 'complete' });
}

/** What is said before the command begins is no part of its action. */
export function checkComplete({ body }: Call): void {
  if (textOf(body, 'storage_domain.id') === undefined && textOf(body, 'storage_domain.name') === undefined) {
    const missing = "Parameters 'storage_domain.id' or 'storage_domain.name' are mandatory but both were not provided.";
    throw new Refusal(400, missing, 'Input validation failed.');
  }
  const isTemplate = textOf(body, 'import_as_template') === 'true';
  if (isTemplate && textOf(body, 'cluster.id') === undefined && textOf(body, 'cluster.name') === undefined) {
    throw incomplete('Action [cluster.id|name] required for doImport');
  }
}

/** The domain that a body names; a name that nobody has is found out at once. */
export function checkDomainName({ body, engine }: Call): void {
  const [id, name] = [textOf(body, 'storage_domain.id'), textOf(body, 'storage_domain.name')];
  if (id === undefined && !domainNamed(engine, { name })) throw unknownEntity(`Storage: name=${name}`);
}

function importOf({ body, engine }: Call, provider: SimImageProvider, imageId: string): Import {
  const domain = domainNamed(engine, {
    id: textOf(body, 'storage_domain.id'),
    name: textOf(body, 'storage_domain.name'),
  });
  if (!domain || domain.type === 'image') throw nullPointer();
  const image = imagesOf(engine, provider).find(({ id }) => id === imageId);
  if (!image) throw refuse(400, `${REFUSED}. The specified image wasn't found.`);
  checkImage(image);
  demandRoom(domain, REFUSED, 0);
  const template = templateOf({ body, engine });
  return {
    provider,
    image,
    domain,
    template,
    disk: diskOf(textOf(body, 'disk.alias') ?? textOf(body, 'disk.name'), image, domain, template),
  };
}

function checkImage(image: SimGlanceImage): void {
  const refused = (text: string) => refuse(400, `${REFUSED}. ${text}`);
  if (typeOf(image) !== 'disk') throw refused('Only bare RAW and QCOW2 image formats are supported.');
  if (image.sizeBytes < HEADER_BYTES) {
    throw refused('The image content could not be detected. Please try to re-import the image.');
  }
  if (image.isBroken) throw refused('Either the image is missing, or its format is corrupted or unrecognizable.');
}

function templateOf({ body, engine }: Pick<Call, 'body' | 'engine'>): Import['template'] {
  if (textOf(body, 'import_as_template') !== 'true') return null;
  const [id, clusterName] = [textOf(body, 'cluster.id'), textOf(body, 'cluster.name')];
  const cluster = engine.data.clusters.find((one) => (id === undefined ? one.name === clusterName : one.id === id));
  const name = textOf(body, 'template.name') ?? `GlanceTemplate-${randomBytes(4).toString('hex').slice(0, 7)}`;
  return { name, clusterId: cluster?.id ?? '' };
}

function diskOf(
  alias: string | undefined,
  image: SimGlanceImage,
  domain: SimStorageDomain,
  template: Import['template'],
): SimDisk {
  const short = image.id.slice(0, 7);
  return {
    ...{ id: randomUUID(), name: alias ?? (template ? '_Disk1' : `GlanceDisk-${short}`), status: 'locked' },
    ...{ description: `${image.name} (${short})`, provisionedBytes: image.virtualBytes, actualBytes: image.sizeBytes },
    ...{ format: image.format === 'raw' ? 'raw' : 'cow', sparse: true, storageDomainId: domain.id, bootable: true },
    ...{ interface: 'virtio', isBeingMade: true },
  };
}

function begin(call: Call, job: OpenJob, wanted: Import): void {
  const { engine } = call;
  const { disk, provider } = wanted;
  engine.data.disks.push(disk);
  say(call, wanted, 'Importing');
  const failure = engine.importFailures.shift();
  tell(call, failure === 'volume' ? 'diskAddFailed' : 'diskAddingBySystem', { words: { disk: disk.name } });
  const volume = job.step('Creating Volume');
  job.later(engine.timing.imageCopy, () => {
    volume.status = failure === 'volume' ? 'failed' : 'finished';
    volume.endedAt = engine.clock.now();
    if (failure === 'volume') return fail(call, job, wanted, 'gone');
    tell(call, 'diskAdded', { words: { disk: disk.name } });
    if (failure === 'refused') return fail(call, job, wanted, 'illegal');
    job.step('Downloading Image');
    const isBehindPath = new URL(provider.url ?? 'http://none').pathname !== '/';
    job.later(engine.timing.imageDownload, () =>
      failure === 'download' || isBehindPath ? fail(call, job, wanted, 'going') : succeed(call, job, wanted),
    );
  });
}

function fail(call: Call, job: OpenJob, wanted: Import, becomes: 'gone' | 'going' | 'illegal'): void {
  const { engine } = call;
  job.end('failed');
  say(call, wanted, 'ImportFailed');
  if (becomes === 'gone') return dropWithBytes(engine, wanted.disk);
  Object.assign(wanted.disk, { status: 'illegal', isBeingMade: false });
  if (becomes === 'going') engine.clock.after(engine.timing.disksGoing, () => dropWithBytes(engine, wanted.disk));
}

function succeed(call: Call, job: OpenJob, wanted: Import): void {
  Object.assign(wanted.disk, { status: 'ok', isBeingMade: false });
  job.end('finished');
  say(call, wanted, 'Imported');
  if (wanted.template) makeTemplate(call, wanted, wanted.template);
}

/** Of Blank, of which nobody hears when it fails: the disk stays where it is. */
function makeTemplate(
  call: Call,
  { disk, domain }: Import,
  { name, clusterId }: { name: string; clusterId: string },
): void {
  const { data, clock, timing } = call.engine;
  if (data.templates.some((template) => template.name === name)) return;
  const blank = data.templates.find(({ id }) => id === BLANK_TEMPLATE_ID);
  const template = simTemplate({
    ...{ id: randomUUID(), name, description: disk.description ?? '', clusterId, status: 'locked', disks: [disk] },
    isImported: true,
    ...{ createdAt: clock.now(), memoryBytes: blank?.memoryBytes ?? 0, type: 'server' },
  });
  data.disks = data.disks.filter((one) => one !== disk);
  data.templates.push(template);
  clock.after(timing.capture, () => {
    template.status = 'ok';
    tell(call, 'templateImported', { template, words: { domain: domain.name } });
  });
}

function say(call: Call, { disk, template, domain }: Import, what: 'Importing' | 'Imported' | 'ImportFailed'): void {
  const kind: EventKind = template ? `template${what}` : `image${what}`;
  tell(call, kind, { words: { disk: disk.name, domain: domain.name, template: template?.name ?? '' } });
}
