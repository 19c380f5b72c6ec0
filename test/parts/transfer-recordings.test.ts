import {
  engineData,
  simPermission,
  simStorageDomain,
  simVm,
  type EngineData,
  type EngineSimulator,
} from '../../tools/engine-simulator';
import { ADMIN_ID, EngineBench, READER_ID } from '../support/engine-simulators';
import { RecordedSequence, differences, seconds, type Step } from '../support/recorded-sequence';

const bench = new EngineBench();
afterEach(() => bench.close());

const MIB = 1024 ** 2;
const DATA_DOMAIN = '349b6a30-ca09-4702-bb45-16a6380dde22';
const UPLOADED = '27bd145e-ccb1-434d-b46c-db06cecfdd24';

const of = (folder: string, names: string): string[] => names.split(' ').map((name) => `${folder}/${name}`);

/** A qcow2 of 64 MiB that holds nothing. */
function qcow2(): Buffer {
  const head = Buffer.alloc(104);
  head.write('QFI\u00fb', 0, 'latin1');
  head.writeUInt32BE(3, 4);
  head.writeUInt32BE(16, 20);
  head.writeBigUInt64BE(BigInt(64 * MIB), 24);
  return head;
}

/** Makes a disk that stands for a recorded one, and lets it become ok. */
const disk =
  (recordedId: string, name: string): Step =>
  async (replay, engine) => {
    const made = await replay.ask('POST', '/disks', {
      ...{ id: recordedId, name, provisioned_size: 64 * MIB, format: 'cow', sparse: true },
      storage_domains: { storage_domain: [{ id: DATA_DOMAIN }] },
    });
    replay.stands(recordedId, String(made.id));
    engine.control.advance(10_000);
  };

/** Starts a transfer that stands for a recorded one. */
const transfer =
  (recordedId: string, diskId: string, more: object = {}): Step =>
  async (replay) => {
    const way = { direction: 'upload', format: 'cow', ...more };
    const made = await replay.ask('POST', '/imagetransfers', { disk: { id: diskId }, ...way });
    replay.stands(recordedId, String(made.id));
  };

/** Sends bytes to the transfer's host. */
const put =
  (transferId: string, bytes: Buffer): Step =>
  async (replay) => {
    const { transfer_url: url } = await replay.ask('GET', `/imagetransfers/${transferId}`);
    const answer = await fetch(String(url), { method: 'PUT', body: new Uint8Array(bytes) });
    expect(answer.status).toBe(200);
  };

const finalize =
  (transferId: string): Step =>
  (replay) =>
    replay.ask('POST', `/imagetransfers/${transferId}/finalize`, {});

async function play(steps: Step[], data: EngineData = engineData(), userId = ADMIN_ID): Promise<object> {
  const engine = await bench.start({ version: '4.5', data });
  return differences(new RecordedSequence(engine, userId, idsOf(engine)), engine, steps);
}

const idsOf = ({ data }: EngineSimulator): Record<string, string> => ({
  [DATA_DOMAIN]: data.storageDomains[0]?.id ?? '',
  'a24972ac-0919-472d-a0a8-b3670ce21ff6': data.storageDomains.find(({ type }) => type === 'image')?.id ?? '',
  '6e098b86-89bc-45fa-bf16-318199e804a8': data.vms.find(({ name }) => name === 'empty')?.id ?? '',
});

describe('uploads and downloads go as at the recorded engine', () => {
  const UPLOAD = 'eaa7a238-4211-4392-b107-d06651fceff9';
  const DOWNLOAD = '4e8c00c8-4cf6-4c5f-a53a-9d7031e6e63c';

  it('to their end', async () => {
    const steps: Step[] = [
      disk(UPLOADED, 'up-339w1'),
      ...of('52-transfer', 'upload-add upload-transferring upload-add-again disk-while-transferring'),
      ...of('52-transfer', 'disk-delete-while-transferring imagetransfers'),
      put(UPLOAD, qcow2()),
      ...of('52-transfer', 'upload-half upload-all-sent finalize upload-finalizing-success'),
      seconds(2),
      ...of('52-transfer', 'upload-finished-success disk-after finalize-again resume-finished finalize-unknown'),
      ...of('52-transfer', 'upload-add-unknown-disk download-add download-transferring pause-download'),
      finalize(DOWNLOAD),
      '52-transfer/download-finalizing-success',
      seconds(2),
      '52-transfer/download-finished-success',
      disk('181eef91-6848-42dd-b336-7180717beef0', 'slow'),
      ...of('52-transfer', 'slow-host-add slow-host-transferring'),
      disk('cc850c0f-741e-4633-86bc-10904efee977', 'raw'),
      ...of('52-transfer', 'upload-raw-into-cow-add upload-raw-into-cow-transferring'),
      disk('3fd3fd7c-3c30-4040-a8f0-5fe3eaa8de4f', 'gone'),
      '52-transfer/disk-delete',
    ];
    expect(await play(steps)).toEqual({});
  });

  it('paused, resumed, cancelled: the disk goes', async () => {
    const [id, diskId] = ['c2c8e532-7e70-4779-8453-ab3c5f1e2afa', '07af4e28-fae4-4d4f-a9d3-d6c01357e5f5'];
    const steps: Step[] = [
      disk(diskId, 'cancel-34mc1'),
      transfer(id, diskId),
      ...of('52-transfer', 'resume-not-paused extend pause paused-paused-user disk-while-paused resume'),
      '52-transfer/resumed-resuming',
      seconds(1),
      ...of('52-transfer', 'resumed-transferring cancel cancelled-cancelled-user'),
      seconds(3),
      '52-transfer/cancelled-finalizing-cleanup',
      seconds(3),
      '52-transfer/cancelled-finished-cleanup',
      seconds(6),
      async (replay) =>
        expect(await replay.ask('GET', '/disks').then(({ disk: disks }) => JSON.stringify(disks))).not.toContain(
          'cancel-34mc1',
        ),
    ];
    expect(await play(steps)).toEqual({});
  });

  it('of bytes that are no image, and of nobody who sends any', async () => {
    const [bad, badDisk] = ['5b722d65-a65b-44d7-817d-fb0f14232d95', '6d7eeb90-db9a-4168-8d44-cea4942c4bdd'];
    const [late, lateDisk] = ['3f4b2e0e-2900-4c6d-b8f5-af4b1867b02f', '89ef00bb-5469-490f-b26b-48c8b8f83ea0'];
    const steps: Step[] = [
      disk(badDisk, 'bad-357eu'),
      transfer(bad, badDisk, { timeout_policy: 'cancel' }),
      put(bad, Buffer.alloc(1000, 'x')),
      finalize(bad),
      '52-transfer/bad-finalizing-success',
      seconds(2),
      '52-transfer/bad-finalizing-failure',
      seconds(2),
      '52-transfer/bad-finished-failure',
      disk(lateDisk, 'late-35gn2'),
      transfer(late, lateDisk, { timeout_policy: 'cancel', inactivity_timeout: 20 }),
      '52-transfer/inactive-transferring',
      seconds(21),
      '52-transfer/inactive-cancelled-system',
      seconds(3),
      '52-transfer/inactive-finalizing-failure',
      seconds(3),
      '52-transfer/inactive-finished-failure',
    ];
    expect(await play(steps)).toEqual({});
  });

  it('not of a running VM’s disk', async () => {
    const data = engineData();
    const [domain] = data.storageDomains;
    const busy = { id: UPLOADED, name: 'up-339w1', provisionedBytes: MIB, storageDomainId: domain?.id };
    data.vms.push(simVm({ name: 'busy-36m34', disks: [busy] }, 99));
    expect(await play(['52-transfer/upload-add-running'], data)).toEqual({});
  });
});

describe('requests that are refused', () => {
  it('as by the recorded engine', async () => {
    const steps = [
      ...of('06-disks-transfers', 'disk-add-no-size disk-add-no-format disk-add-no-domain disk-add-unknown-domain'),
      ...of('06-disks-transfers', 'disk-add-unknown-domain-name disk-add-image-domain disk-unknown'),
      ...of('06-disks-transfers', 'disk-delete-unknown transfers transfer-no-disk transfer-bad-direction'),
      ...of('06-disks-transfers', 'transfer-unknown transfer-unknown-disk transfer-unknown-finalize'),
      ...of('06-disks-transfers', 'transfer-unknown-cancel transfer-unknown-pause transfer-unknown-extend'),
      ...of('06-disks-transfers', 'transfer-unknown-resume vm-disk-attach-no-interface vm-disk-attach-unknown'),
      ...of('06-disks-transfers', 'vm-disk-add-no-domain vm-disk-add-unknown-domain'),
    ];
    expect(await play(steps)).toEqual({});
  });

  it('for want of room, or of a storage domain that works', async () => {
    const data = engineData();
    data.storageDomains[0] = simStorageDomain({ id: DATA_DOMAIN, name: 'fake-data', availableBytes: 4 * 1024 ** 3 });
    const [domain] = data.storageDomains;
    const steps: Step[] = [
      '55-faults/disk-add-low-space',
      () => Object.assign(domain, { availableBytes: 900 * 1024 ** 3, status: 'unknown' }),
      '55-faults/disk-add-no-host',
    ];
    expect(await play(steps, data)).toEqual({});
  });

  it('an ordinary user’s own transfer can be begun and seen, and not ended, but by whoever makes disks everywhere', async () => {
    const id = '9d96dff1-2284-4691-adac-1d097cec8ac6';
    const data = engineData();
    const [domain] = data.storageDomains;
    data.permissions.push(simPermission(90, 'DiskCreator', READER_ID, 'storage_domain', domain?.id ?? ''));
    const steps: Step[] = [
      disk('93e99d43-0c6a-4a38-840c-29ffb24a1c5b', 'own'),
      transfer(id, '93e99d43-0c6a-4a38-840c-29ffb24a1c5b', { timeout_policy: 'cancel' }),
      ...of('58-rights', 'transfer-get transfer-finalize transfer-cancel transfers-list'),
    ];
    expect(await play(steps, data, READER_ID)).toEqual({});
  });
});
