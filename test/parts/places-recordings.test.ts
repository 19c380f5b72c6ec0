import type { z } from 'zod';
import * as providers from '../../src/engine/rest/image-providers.wire';
import * as places from '../../src/engine/rest/places.wire';
import * as transfers from '../../src/engine/rest/transfers.wire';
import { engineData } from '../../tools/engine-simulator';
import { engineRecording } from '../support/engine-recordings';
import { ADMIN_ID, EngineBench, READER_ID } from '../support/engine-simulators';
import { RecordedSequence, differences } from '../support/recorded-sequence';

const read = <S extends z.ZodType>(schema: S, name: string): z.output<S> => schema.parse(engineRecording(name).body);

const GIB = 1024 ** 3;

describe('what a real engine told of its places', () => {
  it('data centers and clusters, of which one without a CPU type has no architecture', () => {
    expect(read(places.dataCenters, '02-get/datacenters')).toMatchObject([
      { name: 'Default', status: 'uninitialized', version: { major: 4, minor: 8 }, quotaMode: 'disabled' },
    ]);
    const [dataCenter] = read(places.dataCenters, '02-get/datacenters');
    expect(read(places.clusters, '02-get/clusters')).toMatchObject([
      { name: 'Default', dataCenterId: dataCenter?.id, version: { minor: 8 }, architecture: null, runsVms: true },
    ]);
  });

  it('storage domains: with their state of a data center, without it of all, without data centers to ordinary users', () => {
    const domain = { name: 'fake-data', type: 'data', storageType: 'nfs', availableBytes: 900 * GIB, blockerGib: 5 };
    const attached = read(places.storageDomains, '50-launch/storagedomains-attached');
    expect(attached).toMatchObject([{ ...domain, status: 'active', usedBytes: 124 * GIB, backup: false }]);
    expect(attached[0]?.dataCenterIds).toHaveLength(1);
    expect(read(places.storageDomains, '58-rights/storagedomains')).toMatchObject([
      { ...domain, status: null, dataCenterIds: [] },
    ]);
    expect(read(places.storageDomains, '02-get/storagedomains')).toEqual([]);
  });

  it('a domain of images, which has no sizes and belongs to no data center', () => {
    expect(read(places.storageDomains, '04-image-providers/storagedomains')[0]).toMatchObject({
      type: 'image',
      storageType: 'glance',
      status: 'unattached',
      availableBytes: null,
      dataCenterIds: [],
    });
  });

  it('instance types, operating systems, quotas', () => {
    expect(read(places.instanceTypes, '02-get/instancetypes')[0]).toMatchObject({
      name: 'Large',
      memoryBytes: 8 * GIB,
      sockets: 2,
      cores: 1,
      threads: 1,
    });
    expect(read(places.operatingSystems, '02-get/operatingsystems')[0]).toEqual({
      name: 'other',
      description: 'Other OS',
      architecture: 'x86_64',
    });
    expect(read(places.quotas, '02-get/datacenter-quotas')).toMatchObject([
      { name: 'Default', description: 'Default unlimited quota' },
    ]);
  });

  it('networks of a cluster, and vNIC profiles, of which several bear one name', () => {
    expect(read(places.networks, '02-get/cluster-networks')).toMatchObject([{ name: 'ovirtmgmt', forVms: true }]);
    const profiles = read(places.vnicProfiles, '58-rights/vnicprofiles');
    expect(profiles.filter(({ name }) => name === 'ovirtmgmt')).toHaveLength(3);
    expect(new Set(profiles.map(({ networkId }) => networkId)).size).toBe(profiles.length);
  });
});

describe('what a real engine told of images', () => {
  it('providers, with and without authentication and address', () => {
    expect(read(providers.imageProviders, '04-image-providers/list')[0]).toMatchObject({
      name: 'auth-glance',
      url: 'http://127.0.0.1:9292',
      requiresAuthentication: true,
      username: 'ovirt',
      tenantName: 'ovirt',
      authenticationUrl: 'http://127.0.0.1:9292/v2.0',
    });
    expect(read(providers.imageProvider, '04-image-providers/add-no-url')).toMatchObject({ name: 'nourl', url: null });
  });

  it('images, of which those that cannot be imported have no type', () => {
    expect(read(providers.images, '53-glance/images')).toMatchObject([
      { name: 'Fedora 43', type: 'disk', sizeBytes: 354_304 },
      { name: 'appliance', type: null, sizeBytes: 4096 },
      {},
    ]);
    const domains = read(providers.imageDomains, '04-image-providers/storagedomains');
    expect(domains.map(({ name }) => name)).toContain('auth-glance');
  });

  it('an import names its disk', () => {
    expect(read(providers.imported, '53-glance/import-disk').diskId).toBe('1f941a19-fd0c-4082-ae04-980a049f6367');
    expect(providers.imported.parse({ status: 'complete', disk: { alias: 'x' } }).diskId).toBeNull();
  });

  it('a transfer, whose addresses go when it ends', () => {
    const started = read(transfers.transfer, '52-transfer/upload-add');
    expect(started).toMatchObject({ phase: 'transferring', transferredBytes: 0, signedTicket: null });
    expect(started.transferUrl).toMatch(/^https:\/\/host2\.example:54322\/images\//);
    expect(read(transfers.transfer, '52-transfer/upload-finished-success')).toMatchObject({
      diskId: started.diskId,
      phase: 'finished_success',
      transferUrl: null,
      transferredBytes: 354_304,
    });
  });
});

describe('the simulated engine tells the same', () => {
  const bench = new EngineBench();
  afterEach(() => bench.close());
  const DATA_CENTERS = ['8a39b7d0-ed23-11f1-933b-02fc00000001', '8fa3e479-55c0-42a3-8a2a-688bf281e81a'];

  async function play(steps: string[], data = engineData(), userId = ADMIN_ID): Promise<object> {
    const [dataCenter] = data.dataCenters;
    const ids = Object.fromEntries(DATA_CENTERS.map((id) => [id, dataCenter?.id ?? '']));
    const engine = await bench.start({ version: '4.5', data });
    const [cluster] = data.clusters;
    const own = {
      ...ids,
      '8a47e706-ed23-11f1-af33-02fc00000001': cluster?.id ?? '',
      '349b6a30-ca09-4702-bb45-16a6380dde22': data.storageDomains[0]?.id ?? '',
      'e0e23ce8-1f30-45b8-a784-e97008bf783f': dataCenter?.id ?? '',
    };
    return differences(new RecordedSequence(engine, userId, own), engine, steps);
  }

  it('of what forms offer', async () => {
    const steps = ['networks', 'cluster-networks', 'datacenter-networks', 'vnicprofiles', 'datacenter-quotas'];
    const others = ['instancetypes', 'max-0', 'max-1', 'max-word', 'max-negative', 'max-matrix', 'operatingsystems'];
    const [systems, lists] = [['operatingsystem', 'operatingsystem-unknown'], ['imagetransfers']];
    const all = [...steps, ...others, ...systems, ...lists].map((name) => `02-get/${name}`);
    expect(await play(all)).toEqual({});
  });

  it('of an engine without storage and providers', async () => {
    const data = { ...engineData([]), storageDomains: [], imageProviders: [] };
    const names = ['storagedomains', 'datacenter-storagedomains', 'openstackimageproviders', 'disks'];
    expect(
      await play(
        names.map((name) => `02-get/${name}`),
        data,
      ),
    ).toEqual({});
  });

  it('of storage domains, to administrators and to others', async () => {
    expect(await play(['50-launch/storagedomain', '50-launch/storagedomains-attached'])).toEqual({});
    const data = engineData();
    data.storageDomains = data.storageDomains.slice(0, 1);
    expect(await play(['58-rights/storagedomains', '08-quota/ordinary-quotas'], data, READER_ID)).toEqual({});
  });
});
