import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { EngineIdentity, HttpEngineClient } from '../../src/engine';
import { ContractRun, type ContractEngine } from '../support/contract-run';
import { ACCOUNT, EngineBench, engineErrorOf } from '../support/engine-simulators';

/** What scripts/check-engine.mjs says of a living engine; without it a simulated one has to pass. */
const { CHECK_ENGINE_URL, CHECK_ENGINE_USER, CHECK_ENGINE_PASSWORD, CHECK_ENGINE_CA } = process.env;
const { CHECK_ENGINE_DATA_CENTER, CHECK_ENGINE_STOP_FILE } = process.env;
const BLANK = '00000000-0000-0000-0000-000000000000';
const NOBODY = '00000000-0000-0000-0000-00000000dead';
const GIB = 1024 ** 3;

const bench = new EngineBench();
let run: ContractRun;
if (CHECK_ENGINE_URL) jest.setTimeout(900_000);

beforeEach(() => run.goOn());
beforeAll(async () => {
  run = new ContractRun(CHECK_ENGINE_URL ? livingEngine(CHECK_ENGINE_URL) : await simulatedEngine());
});
afterAll(async () => {
  await run.leaveNothing();
  await bench.close();
});

async function simulatedEngine(): Promise<ContractEngine> {
  const engine = await bench.start({ version: '4.5' });
  return {
    client: bench.client(engine),
    as: EngineIdentity.serviceAccount(ACCOUNT),
    dataCenter: 'Default',
    pass: (ms) => Promise.resolve(engine.control.advance(ms)),
  };
}

function livingEngine(url: string): ContractEngine {
  const client = new HttpEngineClient({ url, ca: CHECK_ENGINE_CA || undefined });
  bench.closeLater(client);
  return {
    client,
    as: EngineIdentity.serviceAccount({ user: CHECK_ENGINE_USER ?? '', password: CHECK_ENGINE_PASSWORD ?? '' }),
    dataCenter: CHECK_ENGINE_DATA_CENTER ?? '',
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    isStopped: () => existsSync(CHECK_ENGINE_STOP_FILE ?? ''),
  };
}

describe('VMs', () => {
  it('has the id that was chosen, and a second create with it is refused', async () => {
    const { client, as } = run.engine;
    const id = randomUUID();
    const vm = await run.makeVm({ id, description: 'made by a check', sockets: 1, cores: 2, os: 'other_linux' });
    expect(vm).toMatchObject({ id, description: 'made by a check', cores: 2, memoryBytes: GIB / 4, templateId: BLANK });
    const again = { id, name: vm.name, templateId: BLANK, clusterId: await run.clusterId() };
    const { kind } = await engineErrorOf(client.vms.create(as, again, run.by));
    expect(['conflict', 'bad_request']).toContain(kind);
    expect((await client.vms.byIds(as, [id, NOBODY])).map((seen) => seen.id)).toEqual([id]);
    expect((await client.vms.list(as, { search: `name=${vm.name}` })).map((seen) => seen.id)).toEqual([id]);
  });

  it('is changed, its memory beyond its limits, too', async () => {
    const { client, as } = run.engine;
    const { id } = await run.makeVm({ initialization: { hostName: 'check', customScript: 'packages: []\n' } });
    await client.vms.update(as, id, { description: 'other', memoryBytes: 8 * GIB, initialization: null }, run.by);
    await expect(client.vms.get(as, id)).resolves.toMatchObject({ description: 'other', memoryBytes: 8 * GIB });
  });

  it('has NICs', async () => {
    const { client, as } = run.engine;
    const { id } = await run.makeVm();
    const nic = await client.vms.addNic(as, id, { name: 'nic1', vnicProfileId: null }, run.by);
    expect(nic).toMatchObject({ name: 'nic1', mac: expect.stringMatching(/^([\da-f]{2}:){5}[\da-f]{2}$/) as unknown });
    await client.vms.updateNic(as, id, nic.id, { name: 'nic2' }, run.by);
    expect((await client.vms.nics(as, id)).map(({ name }) => name)).toEqual(['nic2']);
    await expect(client.vms.addresses(as, id)).resolves.toEqual([]);
    await client.vms.removeNic(as, id, nic.id, run.by);
    await expect(client.vms.nics(as, id)).resolves.toEqual([]);
  });

  it('that is down may be stopped, and neither rebooted nor suspended', async () => {
    const { client, as } = run.engine;
    const { id } = await run.makeVm();
    await expect(client.vms.stop(as, id, run.by)).resolves.toEqual({ jobId: expect.any(String) as unknown });
    await client.vms.shutdown(as, id, run.by);
    expect(await engineErrorOf(client.vms.reboot(as, id, run.by))).toMatchObject({ kind: 'conflict' });
    expect(await engineErrorOf(client.vms.suspend(as, id, run.by))).toMatchObject({ kind: 'conflict' });
    await expect(client.vms.consoleFile(as, id)).resolves.toBeNull();
  });

  it('that is protected is not removed; removed, it is gone', async () => {
    const { client, as } = run.engine;
    const { id } = await run.makeVm({ deleteProtected: true });
    expect(await engineErrorOf(client.vms.remove(as, id, run.by))).toMatchObject({ kind: 'conflict' });
    await client.vms.update(as, id, { deleteProtected: false }, run.by);
    await client.vms.remove(as, id, run.by);
    await run.untilGone(() => client.vms.get(as, id));
  });

  it('that there is not is told from one that there is', async () => {
    const { client, as } = run.engine;
    await expect(client.vms.get(as, NOBODY)).resolves.toBeNull();
    expect(await engineErrorOf(client.vms.start(as, NOBODY, run.by))).toMatchObject({ kind: 'not_found' });
    expect(await engineErrorOf(client.vms.remove(as, NOBODY, run.by))).toMatchObject({ kind: 'not_found' });
  });

  it('starts with a disk, and its job tells the end', async () => {
    const { client, as } = run.engine;
    const { id } = await run.makeVm();
    const disk = await run.makeDisk();
    await client.disks.attach(as, id, { diskId: disk.id, bootable: true }, run.by);
    const { jobId } = await client.vms.start(as, id, run.by);
    const job = await run.until(
      () => client.jobs.get(as, jobId ?? ''),
      (seen) => seen?.status !== 'started',
    );
    expect(job.status).toBe('finished');
    await expect(client.vms.get(as, id)).resolves.toMatchObject({ status: 'up' });
    expect(await engineErrorOf(client.vms.start(as, id, run.by))).toMatchObject({ kind: 'conflict' });
    const console = await run.until(
      () => client.vms.consoleFile(as, id),
      (file) => file !== null, // the engine hears of it with the next look at its host
    );
    expect(console).toMatch(/^\[virt-viewer\]/);
    await client.vms.stop(as, id, run.by);
    await run.untilDown(id);
  });
});

describe('a disk', () => {
  it('is attached plugged, grows, and lives on when it is detached', async () => {
    const { client, as } = run.engine;
    const vm = await run.makeVm();
    const disk = await run.makeDisk();
    expect(disk).toMatchObject({ provisionedBytes: GIB, format: 'cow', sparse: true });
    await client.disks.attach(as, vm.id, { diskId: disk.id, bootable: true }, run.by);
    await expect(client.disks.attachments(as, vm.id)).resolves.toMatchObject([
      { id: disk.id, active: true, bootable: true, disk: { name: disk.name } },
    ]);
    await client.disks.resize(as, vm.id, disk.id, 2 * GIB, run.by);
    await run.until(
      () => client.disks.get(as, disk.id),
      (seen) => seen?.status === 'ok' && seen.provisionedBytes === 2 * GIB,
    );
    const smaller = client.disks.resize(as, vm.id, disk.id, GIB, run.by);
    expect(await engineErrorOf(smaller)).toMatchObject({ kind: 'bad_request' });
    await client.disks.detach(as, vm.id, disk.id, run.by);
    await expect(client.disks.attachments(as, vm.id)).resolves.toEqual([]);
    await expect(client.disks.get(as, disk.id)).resolves.toMatchObject({ id: disk.id });
    await expect(client.disks.get(as, NOBODY)).resolves.toBeNull();
  });
});

describe('a template', () => {
  it('is captured, changed, built on, and removed', async () => {
    const { client, as } = run.engine;
    const vm = await run.makeVm({ initialization: { customScript: 'packages: []\n' } });
    const name = `${run.name}-template`;
    run.removeLater(
      async () => (await client.templates.byName(as, name))[0],
      ({ id }) => client.templates.remove(as, id, run.by),
    );
    const made = await client.templates.create(as, { name, vmId: vm.id }, run.by);
    const template = await run.until(
      () => client.templates.get(as, made.id),
      (seen) => seen?.status === 'ok',
    );
    expect(template).toMatchObject({ name: made.name, clusterId: vm.clusterId, memoryBytes: vm.memoryBytes });
    await client.templates.update(as, made.id, { description: 'changed', os: 'other_linux' }, run.by);
    await client.templates.addNic(as, made.id, { name: 'nic1', vnicProfileId: null }, run.by);
    await expect(client.disks.templateAttachments(as, made.id)).resolves.toEqual([]);
    const [listed] = await client.templates.list(as, { search: `name=${name}` });
    expect(listed).toMatchObject({ id: made.id, description: 'changed', os: 'other_linux' });
    const built = await run.makeVm({ templateId: made.id });
    expect((await client.vms.nics(as, built.id)).map(({ name }) => name)).toEqual(['nic1']);
  });
});

describe('jobs, events and the watch', () => {
  it('tell what an operation did, to those who wait together, too', async () => {
    const { client, as } = run.engine;
    const by = { correlationId: randomUUID() };
    const vm = await run.makeVm();
    const { jobId } = await client.vms.stop(as, vm.id, by);
    const jobs = await client.jobs.byCorrelationIds(as, [by.correlationId]);
    expect(jobs.map(({ id }) => id)).toEqual([jobId]);
    expect((await client.jobs.steps(as, jobId ?? '')).length).toBeGreaterThan(0);
    const events = await client.events.byCorrelationIds(as, [by.correlationId]);
    expect(events[0]).toMatchObject({ correlationId: by.correlationId, vmId: vm.id });
    const seen = await client.watch.look(as, { vms: [vm.id, NOBODY], correlationIds: [by.correlationId] });
    expect([...seen.vms.keys()]).toEqual([vm.id]);
    expect(seen.jobs.get(jobId ?? '')?.status).toBe('finished');
    await expect(client.jobs.get(as, NOBODY)).resolves.toBeNull();
  });
});

describe('places', () => {
  it('tell where VMs can be and what of', async () => {
    const { client, as } = run.engine;
    const clusterId = await run.clusterId();
    const networks = await client.places.networks(as, clusterId);
    const profiles = await client.places.vnicProfiles(as);
    expect(networks.some(({ forVms }) => forVms)).toBe(true);
    expect(profiles.some(({ networkId }) => networks.some(({ id }) => id === networkId))).toBe(true);
    expect((await client.places.operatingSystems(as)).map(({ name }) => name)).toContain('other');
    expect((await client.places.instanceTypes(as)).every(({ memoryBytes }) => memoryBytes > 0)).toBe(true);
    const domainId = await run.storageDomainId();
    const domain = (await client.places.storageDomains(as)).find(({ id }) => id === domainId);
    expect(domain?.availableBytes).toBeGreaterThan(0);
  });
});

describe('a provider of images', () => {
  it('is made, changed and removed, and says that nobody answers at its address', async () => {
    const { client, as } = run.engine;
    const nobody = { description: null, requiresAuthentication: false, username: null, tenantName: null } as const;
    const provider = { ...nobody, name: run.name, url: 'http://127.0.0.1:1', authenticationUrl: null };
    run.removeLater(
      async () => (await client.imageProviders.list(as)).find(({ name }) => name === run.name),
      ({ id }) => client.imageProviders.remove(as, id, run.by),
    );
    const { id } = await client.imageProviders.create(as, provider, run.by);
    await client.imageProviders.update(as, id, { ...provider, description: 'changed' }, run.by);
    await expect(client.imageProviders.get(as, id)).resolves.toMatchObject({ name: run.name, description: 'changed' });
    expect((await client.imageProviders.list(as)).map((seen) => seen.id)).toContain(id);
    expect(await engineErrorOf(client.imageProviders.test(as, id, run.by))).toMatchObject({ kind: 'bad_request' });
    expect(await engineErrorOf(client.imageProviders.images(as, id))).toMatchObject({ kind: 'bad_request' });
    await client.imageProviders.remove(as, id, run.by);
    await expect(client.imageProviders.get(as, id)).resolves.toBeNull();
  });
});

describe('a transfer', () => {
  it('is begun, paused, resumed and given up, and its disk with it', async () => {
    const { client, as } = run.engine;
    const disk = await run.makeDisk();
    const wanted = { diskId: disk.id, direction: 'upload', format: 'cow', inactivitySeconds: 300 } as const;
    const { id } = await client.transfers.start(as, wanted, run.by);
    run.undoLater(() => client.transfers.cancel(as, id, run.by));
    const comesTo = (phase: RegExp) =>
      run.until(
        async () => (await client.transfers.get(as, id)) ?? { phase: 'forgotten', transferUrl: null },
        (seen) => phase.test(seen.phase),
      );
    expect((await comesTo(/^transferring$/)).transferUrl).toMatch(/^https?:/);
    await client.transfers.extend(as, id, run.by);
    await client.transfers.pause(as, id, run.by);
    await comesTo(/^paused_user$/);
    await client.transfers.resume(as, id, run.by);
    await comesTo(/^transferring$/);
    await client.transfers.cancel(as, id, run.by);
    await comesTo(/^(finished_cleanup|forgotten)$/);
    await run.untilGone(() => client.disks.get(as, disk.id));
  });
});
