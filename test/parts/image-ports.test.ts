import { EngineIdentity, type EngineClient, type NewImageProvider } from '../../src/engine';
import {
  DATA_DOMAIN_ID,
  GLANCE_URL,
  IMAGE_PROVIDER_ID,
  engineData,
  type EngineSimulator,
  type EngineVersion,
} from '../../tools/engine-simulator';
import { ACCOUNT, ADMIN_ID, EngineBench, READER_ID, engineErrorOf } from '../support/engine-simulators';

const bench = new EngineBench();
afterEach(() => bench.close());

const MIB = 1024 ** 2;
const BY = { correlationId: '18be0443-626c-45da-a074-253a2f374358' };
const NOBODY = '00000000-0000-0000-0000-00000000dead';

interface Asked {
  engine: EngineSimulator;
  client: EngineClient;
  as: EngineIdentity;
}

async function start(version: EngineVersion = '4.5', userId = ADMIN_ID): Promise<Asked> {
  const engine = await bench.start({ version, data: engineData() });
  // Sessions of 3.x are asked filtered, as ordinary users are.
  const session = () => EngineIdentity.session(engine.control.signIn(userId).secret);
  const as = version.startsWith('3') ? EngineIdentity.accessKey(ACCOUNT) : session();
  return { engine, client: bench.client(engine), as };
}

const glance = (more: Partial<NewImageProvider> = {}): NewImageProvider => ({
  name: 'lab',
  description: 'hall 4',
  url: 'http://lab.example.com:9292',
  requiresAuthentication: true,
  username: 'ovirt',
  tenantName: 'ovirt',
  authenticationUrl: 'http://lab.example.com:5000/v2.0',
  ...more,
});

describe('image providers', () => {
  it('keep their password through a change, and their tenant where it is sent', async () => {
    const { engine, client, as } = await start();
    const keystone = { username: 'ovirt', password: 'right', tenantName: 'ovirt' };
    engine.data.glances.push({ url: 'http://lab.example.com:9292', images: [], keystone });
    const { id } = await client.imageProviders.create(as, glance({ password: 'right' }), BY);
    await client.imageProviders.test(as, id, BY);
    const changed = await client.imageProviders.update(as, id, glance({ description: 'hall 5' }), BY);
    expect(changed).toMatchObject({ description: 'hall 5', tenantName: 'ovirt' });
    await client.imageProviders.test(as, id, BY);
    await client.imageProviders.update(as, id, glance({ password: 'wrong' }), BY);
    expect(await engineErrorOf(client.imageProviders.test(as, id, BY))).toMatchObject({
      details: { detail: expect.stringContaining('Failed to communicate') as string },
    });
    await client.imageProviders.remove(as, id, BY);
    expect(await client.imageProviders.get(as, id)).toBeNull();
  });

  it('tell types and sizes of their images, and what cannot be imported has no type', async () => {
    const { client, as } = await start();
    const images = await client.imageProviders.images(as, IMAGE_PROVIDER_ID);
    expect(images.map(({ name, type }) => [name, type])).toEqual([
      ...[
        ['Fedora 43', 'disk'],
        ['appliance', null],
        ['broken', 'disk'],
        ['bundle', null],
        ['cirros', 'disk'],
      ],
      ...[
        ['installer', 'iso'],
        ['tiny', 'disk'],
      ],
    ]);
    expect(images[0]?.sizeBytes).toBe(354_304);
    expect(await engineErrorOf(client.imageProviders.images(as, NOBODY))).toMatchObject({ kind: 'not_found' });
  });

  it('import a disk and a template, of which nothing is seen before the disk is there', async () => {
    const { engine, client, as } = await start();
    const image = (await client.imageProviders.images(as, IMAGE_PROVIDER_ID))[0]?.id ?? '';
    const [cluster] = await client.places.clusters(as);
    const template = { name: 'fedora-43', clusterId: cluster?.id ?? '' };
    const wanted = { storageDomainId: DATA_DOMAIN_ID, diskName: 'fedora-root', template };
    const { diskId } = await client.imageProviders.import(as, IMAGE_PROVIDER_ID, image, wanted, BY);
    expect(await client.disks.get(as, diskId ?? '')).toMatchObject({ name: 'fedora-root', status: 'locked' });
    const named = { search: 'name=fedora-43' };
    expect(await client.templates.list(as, named)).toEqual([]);
    engine.control.advance(20_000);
    const [made] = await client.templates.list(as, named);
    expect(made).toMatchObject({ status: 'ok', os: 'other', clusterId: cluster?.id });
    expect(await client.disks.templateAttachments(as, made?.id ?? '')).toMatchObject([
      { id: diskId, interface: 'virtio' },
    ]);
    const [job] = await client.jobs.byCorrelationIds(as, [BY.correlationId]);
    expect(job).toMatchObject({ status: 'finished', description: 'Importing Disk fedora-root to domain data' });
  });

  it('import nothing for ordinary users, whom the engine tells so', async () => {
    const { engine, client, as } = await start('4.5', READER_ID);
    const image = engine.data.glances[0]?.images[0]?.id ?? '';
    const wanted = { storageDomainId: DATA_DOMAIN_ID };
    const refusal = await engineErrorOf(client.imageProviders.import(as, IMAGE_PROVIDER_ID, image, wanted, BY));
    expect(refusal).toMatchObject({
      kind: 'forbidden',
      details: { detail: 'query execution failed due to insufficient permissions.' },
    });
  });

  it('of 4.1 and 3.6 import without telling the disk, and are changed by webadmin alone', async () => {
    for (const version of ['4.1', '3.6'] as const) {
      const { engine, client, as } = await start(version);
      const image = engine.data.glances[0]?.images[0]?.id ?? '';
      const wanted = { storageDomainId: DATA_DOMAIN_ID, diskName: 'old' };
      const { diskId } = await client.imageProviders.import(as, IMAGE_PROVIDER_ID, image, wanted, BY);
      expect(diskId).toBeNull();
      expect(engine.data.disks.map(({ name }) => name)).toEqual(['old']);
      const refused = await engineErrorOf(client.imageProviders.create(as, glance(), BY));
      expect(refused).toMatchObject({ kind: 'unsupported', message: expect.stringContaining(version) as string });
    }
  });

  it('of 3.4 are their storage domains', async () => {
    const { engine, client, as } = await start('3.4');
    const [provider, ...others] = await client.imageProviders.list(as);
    expect([provider?.name, others]).toEqual(['glance', []]);
    const id = provider?.id ?? '';
    expect(await client.imageProviders.get(as, id)).toMatchObject({ url: null });
    const [image] = await client.imageProviders.images(as, id);
    expect(image).toMatchObject({ name: 'Fedora 43', type: null, sizeBytes: null });
    await client.imageProviders.import(as, id, image?.id ?? '', { storageDomainId: DATA_DOMAIN_ID }, BY);
    expect(engine.data.disks).toHaveLength(1);
  });

  it('are asked for at the address that was given', async () => {
    const { client, as } = await start();
    expect(await client.imageProviders.list(as)).toMatchObject([{ name: 'glance', url: GLANCE_URL }]);
  });
});

describe('transfers', () => {
  const newDisk = { name: 'up', provisionedBytes: MIB, format: 'raw' as const, sparse: true };

  async function uploading(asked: Asked): Promise<{ diskId: string; transferId: string; url: string }> {
    const { client, as, engine } = asked;
    const { id: diskId } = await client.disks.create(as, { ...newDisk, storageDomainId: DATA_DOMAIN_ID }, BY);
    engine.control.advance(10_000);
    const started = await client.transfers.start(as, { diskId, direction: 'upload', format: 'raw' }, BY);
    expect(started).toMatchObject({ phase: 'transferring', diskId, transferredBytes: 0 });
    return { diskId, transferId: started.id, url: started.transferUrl ?? '' };
  }

  it('carry a disk’s bytes there and back', async () => {
    const asked = await start();
    const { client, as, engine } = asked;
    const { diskId, transferId, url } = await uploading(asked);
    const bytes = new Uint8Array(MIB).map((_, n) => n % 253);
    expect((await fetch(url, { method: 'PUT', body: bytes })).status).toBe(200);
    expect(await client.transfers.get(as, transferId)).toMatchObject({ transferredBytes: MIB });
    await client.transfers.finalize(as, transferId, BY);
    engine.control.advance(3000);
    expect(await client.transfers.get(as, transferId)).toMatchObject({ phase: 'finished_success', transferUrl: null });
    expect(await client.disks.get(as, diskId)).toMatchObject({ status: 'ok' });
    expect((await fetch(url)).status).toBe(403);
    const back = await client.transfers.start(as, { diskId, direction: 'download', format: 'raw' }, BY);
    expect(Buffer.from(await (await fetch(back.transferUrl ?? '')).arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('are paused, resumed, kept alive and given up', async () => {
    const asked = await start();
    const { client, as, engine } = asked;
    const { diskId, transferId } = await uploading(asked);
    await client.transfers.pause(as, transferId, BY);
    expect(await client.transfers.get(as, transferId)).toMatchObject({ phase: 'paused_user' });
    await client.transfers.resume(as, transferId, BY);
    expect(await engineErrorOf(client.transfers.resume(as, transferId, BY))).toMatchObject({ kind: 'conflict' });
    engine.control.advance(1000);
    await client.transfers.extend(as, transferId, BY);
    await client.transfers.cancel(as, transferId, BY);
    engine.control.advance(20_000);
    expect(await client.transfers.get(as, transferId)).toMatchObject({ phase: 'finished_cleanup' });
    expect(await client.disks.get(as, diskId)).toBeNull();
  });

  it('are unknown to older engines, and nobody’s id is null', async () => {
    const { client, as } = await start();
    expect(await client.transfers.get(as, NOBODY)).toBeNull();
    const old = await start('4.1');
    const wanted = { diskId: NOBODY, direction: 'upload' as const, format: 'raw' as const };
    expect(await engineErrorOf(old.client.transfers.start(old.as, wanted, BY))).toMatchObject({
      kind: 'unsupported',
      message: expect.stringMatching(/4\.2.*4\.1/) as string,
    });
  });
});

describe('places', () => {
  it.each(['3.4', '3.6', '4.1', '4.5'] as const)('of %s are told', async (version) => {
    const { client, as } = await start(version);
    expect((await client.places.clusters(as)).map(({ name }) => name)).toEqual(['Default', 'edge']);
    expect((await client.places.dataCenters(as)).map(({ status }) => status)).toEqual(['up', 'maintenance']);
    const [dataCenter] = await client.places.dataCenters(as);
    const domains = await client.places.storageDomains(as, { dataCenterId: dataCenter?.id });
    expect(domains.map(({ name, status }) => [name, status])).toContainEqual(['data', 'active']);
    expect((await client.places.operatingSystems(as)).map(({ name }) => name)).toContain('rhel_9x64');
  });

  it('that an engine is too old for say so', async () => {
    const { client, as } = await start('3.4');
    expect(await engineErrorOf(client.places.instanceTypes(as))).toMatchObject({
      kind: 'unsupported',
      message: 'Instance types need an engine from 3.5 on',
    });
  });
});
