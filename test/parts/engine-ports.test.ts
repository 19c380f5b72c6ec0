import { EngineIdentity, HttpEngineClient, type NewVm } from '../../src/engine';
import { engineErrorOf } from '../support/engine-simulators';
import { engineRecording } from '../support/engine-recordings';
import { RecordedEngine } from '../support/recorded-engine';

const ADMIN = EngineIdentity.accessKey({ user: 'admin@internal', password: 'password' });
const OPERATION = '18be0443-626c-45da-a074-253a2f374358';
const BY = { correlationId: OPERATION };
const BLANK = '00000000-0000-0000-0000-000000000000';
const CLUSTER = '508ca972-d2cc-4e5b-81dc-850f08e0c1d8';
const VM = '6e098b86-89bc-45fa-bf16-318199e804a8';
const DISK = '4c4ddc33-1159-44bd-b49b-fa6ace8ab912';
const DOMAIN = '349b6a30-ca09-4702-bb45-16a6380dde22';
const NEW: NewVm = { id: VM, name: 'web1', clusterId: CLUSTER, templateId: BLANK };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.close();
});

async function start(fullVersion?: string): Promise<{ engine: RecordedEngine; client: HttpEngineClient }> {
  const engine = await RecordedEngine.start(fullVersion);
  const client = new HttpEngineClient({ url: engine.url });
  open.push(engine, client);
  return { engine, client };
}

describe('every call', () => {
  it('says in which language, and each write whose operation it is', async () => {
    const { engine, client } = await start();
    engine.answer('POST /vms', '03-vm/create');
    engine.answer(`GET /vms/${VM}`, '03-vm/get');
    await client.vms.create(ADMIN, NEW, BY);
    await client.vms.get(ADMIN, VM);
    const common = { accept: 'application/json', 'accept-encoding': 'gzip', 'accept-language': 'en-US', version: '4' };
    expect(engine.asked.map(({ headers }) => headers)).toMatchObject([
      { ...common, 'content-type': 'application/json', 'correlation-id': OPERATION },
      common,
    ]);
    expect(engine.asked[1]?.headers).not.toHaveProperty('correlation-id');
    expect(engine.asked.every(({ headers }) => headers.filter === undefined)).toBe(true);
  });

  it('is made in the account’s one session, and anew once when that has ended, a write too', async () => {
    const { engine, client } = await start();
    engine.answer('POST /vms', '03-vm/create');
    await Promise.all([client.vms.create(ADMIN, NEW, BY), client.vms.create(ADMIN, NEW, BY)]);
    expect(engine.grants).toBe(1);
    engine.endSession();
    await expect(client.vms.create(ADMIN, NEW, BY)).resolves.toMatchObject({ name: 'web1' });
    expect([engine.grants, engine.asked.length]).toEqual([2, 3]);
  });

  it('is made as the session’s owner, who is asked for no password', async () => {
    const { engine, client } = await start();
    engine.answer(`GET /vms/${VM}`, '03-vm/get');
    await expect(client.vms.get(EngineIdentity.session('TOKEN-OF-ADMIN'), VM)).resolves.toMatchObject({ id: VM });
    expect(await engineErrorOf(client.vms.get(EngineIdentity.session('ended'), VM))).toMatchObject({
      kind: 'unauthorized',
    });
    expect(engine.grants).toBe(0);
  });

  it.each([
    ['an id', (client: HttpEngineClient) => client.vms.get(ADMIN, '../users')],
    ['an id in a body', (client: HttpEngineClient) => client.vms.create(ADMIN, { ...NEW, clusterId: 'Default' }, BY)],
    ['a name', (client: HttpEngineClient) => client.vms.create(ADMIN, { ...NEW, name: 'web 1' }, BY)],
    ['a correlation id', (client: HttpEngineClient) => client.vms.stop(ADMIN, VM, { correlationId: 'a\r\nFilter: x' })],
    ['an id in a search', (client: HttpEngineClient) => client.vms.byIds(ADMIN, [VM, 'x or name=y'])],
    ['a search', (client: HttpEngineClient) => client.events.byCorrelationIds(ADMIN, ['x or severity=error'])],
    ['too many', (client: HttpEngineClient) => client.jobs.byCorrelationIds(ADMIN, Array<string>(101).fill('a'))],
  ])('refuses %s that is none before anything is sent', async (_, call) => {
    const { engine, client } = await start();
    expect(await engineErrorOf(call(client))).toMatchObject({ kind: 'invalid_id' });
    expect(engine.asked).toEqual([]);
  });

  it('that writes and gets no answer says that it may be done, and is not sent again', async () => {
    const { engine, client } = await start();
    engine.answer('POST /vms', { status: 502, headers: { 'Content-Type': 'text/html' }, body: '<p>Bad Gateway</p>' });
    const error = await engineErrorOf(client.vms.create(ADMIN, NEW, BY));
    expect(error).toMatchObject({ kind: 'unavailable', details: { mayBeDone: true } });
    expect(error.message).toContain('may have been carried out');
    expect(engine.asked).toHaveLength(1);
  });
});

describe('faults', () => {
  it('never repeat a password that was sent', async () => {
    const { engine, client } = await start();
    const detail = 'must not be "s3cret pässword"';
    engine.answer('POST /vms', { status: 400, headers: JSON_TYPE, body: { reason: 'Operation Failed', detail } });
    const vm = { ...NEW, initialization: { rootPassword: 's3cret pässword' } };
    const error = await engineErrorOf(client.vms.create(ADMIN, vm, BY));
    expect([error.details.detail, error.message]).toEqual([
      'must not be "[hidden]"',
      expect.not.stringContaining('s3cret') as unknown,
    ]);
  });

  it.each([
    ['03-vm/create-same-name', 'conflict', 409, /name is already in use/],
    ['03-vm/create-name-65', 'bad_request', 400, /given name is too long/],
    ['03-vm/create-unknown-property', 'bad_request', 400, /Unrecognized field/],
    ['03-vm/create-unknown-cluster', 'not_found', 404, /Entity not found/],
    ['05-faults/empty-body', 'fault', 500, /./],
    ['07-rights/userrole-vm-create', 'forbidden', 403, /not authorized/],
    ['07-rights/vmcreator-unfiltered-write', 'forbidden', 400, /insufficient permissions/],
  ])('%s is %s, in the engine’s words', async (recording, kind, status, detail) => {
    const { engine, client } = await start();
    engine.answer('POST /vms', recording);
    expect(await engineErrorOf(client.vms.create(ADMIN, NEW, BY))).toMatchObject({
      kind,
      details: { status, detail: expect.stringMatching(detail) as unknown },
    });
  });

  it.each(['03-actions/start-unknown-vm', '07-rights/vmcreator-other-vm-start'])(
    'of an action on a VM that there is not (%s) say so',
    async (recording) => {
      const { engine, client } = await start();
      engine.answer(`POST /vms/${VM}/start`, recording);
      expect(await engineErrorOf(client.vms.start(ADMIN, VM, BY))).toMatchObject({ kind: 'not_found' });
    },
  );

  it('of an action on a VM that there is stay as they are', async () => {
    const { engine, client } = await start();
    engine.answer(`POST /vms/${VM}/start`, '07-rights/vmcreator-other-vm-start');
    engine.answer(`GET /vms/${VM}`, '03-vm/get');
    expect(await engineErrorOf(client.vms.start(ADMIN, VM, BY))).toMatchObject({ kind: 'forbidden' });
  });
});

describe('VMs', () => {
  it('create: the id is ours, what is absent is left out, and the answer’s body counts', async () => {
    const { engine, client } = await start();
    engine.answer('POST /vms', '03-vm/create');
    const vm = await client.vms.create(ADMIN, NEW, BY);
    expect(engine.asked[0]?.body).toEqual({
      id: VM,
      name: 'web1',
      cluster: { id: CLUSTER },
      template: { id: BLANK },
    });
    expect(vm).toEqual({
      id: VM,
      name: 'web1',
      description: 'made by a recording',
      status: 'down',
      statusDetail: null,
      fqdn: null,
      clusterId: CLUSTER,
      templateId: BLANK,
      memoryBytes: 2 * 1024 ** 3,
      sockets: 2,
      cores: 1,
      threads: 1,
      os: 'rhel_9x64',
      hasNextRunConfiguration: false,
      createdAt: new Date(1796088111748),
      deleteProtected: false,
    });
  });

  it('create: everything that a VM can be given', async () => {
    const { engine, client } = await start();
    engine.answer('POST /vms', '51-template/vm-thin-add');
    const vm = await client.vms.create(
      ADMIN,
      {
        ...NEW,
        description: 'd',
        memoryBytes: 1024 ** 3,
        sockets: 2,
        os: 'rhel_9x64',
        storageDomainId: DOMAIN,
        quotaId: DISK,
        clone: true,
        deleteProtected: true,
        initialization: {
          hostName: 'web1',
          authorizedSshKeys: 'ssh-ed25519 A',
          nics: [{ name: 'eth0', bootProtocol: 'static', address: '10.0.0.5', netmask: '255.0.0.0' }],
        },
        payload: { volumeId: 'config-2', files: [{ name: 'openstack/latest/user_data', content: '#!/bin/sh\n' }] },
      },
      BY,
    );
    expect(vm.status).toBe('image_locked');
    expect(engine.asked[0]?.query.get('clone')).toBe('true');
    expect(engine.asked[0]?.body).toMatchObject({
      memory: 1024 ** 3,
      cpu: { topology: { sockets: 2 } },
      os: { type: 'rhel_9x64' },
      storage_domain: { id: DOMAIN },
      quota: { id: DISK },
      delete_protected: true,
      initialization: {
        host_name: 'web1',
        authorized_ssh_keys: 'ssh-ed25519 A',
        nic_configurations: {
          nic_configuration: [
            { name: 'eth0', boot_protocol: 'static', on_boot: true, ip: { address: '10.0.0.5', netmask: '255.0.0.0' } },
          ],
        },
      },
      payloads: {
        payload: [
          {
            type: 'cdrom',
            volume_id: 'config-2',
            files: { file: [{ name: 'openstack/latest/user_data', content: '#!/bin/sh\n' }] },
          },
        ],
      },
    });
  });

  it('update: null clears, and the limits of memory move along with it', async () => {
    const { engine, client } = await start();
    engine.answer(`GET /vms/${VM}`, '03-vm/get');
    engine.answer(`PUT /vms/${VM}`, '03-vm/put-description');
    const GIB = 1024 ** 3;
    await client.vms.update(ADMIN, VM, { initialization: null, payload: null }, BY);
    await client.vms.update(ADMIN, VM, { memoryBytes: 16 * GIB }, BY);
    await client.vms.update(ADMIN, VM, { memoryBytes: GIB / 2 }, BY);
    await client.vms.update(ADMIN, VM, { memoryBytes: 2 * GIB }, BY);
    expect(engine.asked.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([
      { initialization: {}, payloads: {} },
      { memory: 16 * GIB, memory_policy: { max: 16 * GIB } },
      { memory: GIB / 2, memory_policy: { guaranteed: GIB / 2 } },
      { memory: 2 * GIB },
    ]);
  });

  it.each([
    ['4.5.7-1.el8', { use_initialization: true }],
    ['4.3.9.4-1.el7', { use_initialization: true }],
    ['4.3.9.3-1.el7', { use_cloud_init: true }],
    ['4.2.8.2-1.el7', { use_cloud_init: true }],
  ])('start: %s is told to initialize by %j', async (version, body) => {
    const { engine, client } = await start(version);
    engine.answer(`POST /vms/${VM}/start`, '03-actions/stop-down');
    await client.vms.start(ADMIN, VM, { ...BY, initialize: true });
    await client.vms.start(ADMIN, VM, BY);
    expect(engine.asked.map((asked) => asked.body)).toEqual([body, {}]);
  });

  it('actions and removals tell their jobs, those that are carried out later too', async () => {
    const { engine, client } = await start();
    engine.answer(`POST /vms/${VM}/suspend`, '50-launch/vm-suspend');
    engine.answer(`DELETE /vms/${VM}`, '03-actions/delete');
    const job = { jobId: expect.stringMatching(/^[\da-f-]{36}$/) as unknown };
    await expect(client.vms.suspend(ADMIN, VM, BY)).resolves.toEqual(job);
    await expect(client.vms.remove(ADMIN, VM, { ...BY, keepDisks: true })).resolves.toEqual(job);
    expect(engine.asked[1]?.query.toString()).toBe('detach_only=true');
  });

  it('byIds: one request for what is asked for', async () => {
    const { engine, client } = await start();
    engine.answer('GET /vms;max=100', '03-vm/list');
    await expect(client.vms.byIds(ADMIN, [VM, DISK])).resolves.toMatchObject([{ id: VM, name: 'web1' }]);
    expect(engine.asked.map(({ query }) => query.get('search'))).toEqual([`id=${VM} or id=${DISK}`]);
    await expect(client.vms.byIds(ADMIN, [])).resolves.toEqual([]);
  });

  it('addresses: of the VM’s own NICs, without link-local ones, in two requests', async () => {
    const { engine, client } = await start();
    engine.answer(`GET /vms/${VM}/nics`, '50-launch/vm-nics');
    engine.answer(`GET /vms/${VM}/reporteddevices`, '50-launch/reporteddevices');
    const mac = '56:6f:1a:2b:00:35';
    await expect(client.vms.addresses(ADMIN, VM)).resolves.toEqual([
      { address: '10.20.0.65', version: 'v4', mac },
      { address: '2001:db8::0:41', version: 'v6', mac },
    ]);
    expect(engine.asked).toHaveLength(2);
  });

  it('addressesByIds: of many VMs in one request, and of those alone that are shown', async () => {
    const { engine, client } = await start();
    const [nics, devices] = ['vm-nics', 'reporteddevices'].map((name) => engineRecording(`50-launch/${name}`).body);
    const vm = { id: VM, nics, reported_devices: devices };
    engine.answer('GET /vms;max=100', { status: 200, headers: JSON_TYPE, body: { vm: [vm] } });
    const found = await client.vms.addressesByIds(ADMIN, [VM, DISK]);
    expect([...found].map(([id, told]) => [id, told.map(({ address }) => address)])).toEqual([
      [VM, ['10.20.0.65', '2001:db8::0:41']],
    ]);
    const [asked] = engine.asked.filter(({ query }) => query.has('follow'));
    expect(asked?.query.get('follow')).toBe('nics,reporteddevices');
  });

  it('consoleFile: what virt-viewer opens; null while there is none', async () => {
    const { engine, client } = await start();
    engine.answer(`GET /vms/${VM}/graphicsconsoles`, '50-launch/vm-graphicsconsoles');
    const file = `POST /vms/${VM}/graphicsconsoles/766e63/remoteviewerconnectionfile`;
    engine.answer(file, '50-launch/console-remoteviewerconnectionfile', '03-actions/console-remoteviewer-down');
    await expect(client.vms.consoleFile(ADMIN, VM)).resolves.toMatch(/^\[virt-viewer\]\ntype=vnc/);
    await expect(client.vms.consoleFile(ADMIN, VM)).resolves.toBeNull();
    engine.answer(`GET /vms/${VM}/graphicsconsoles`, { status: 200, headers: JSON_TYPE, body: {} });
    await expect(client.vms.consoleFile(ADMIN, VM)).resolves.toBeNull();
  });

  it('addNic: without a profile it has no network', async () => {
    const { engine, client } = await start();
    engine.answer(`POST /vms/${VM}/nics`, '03-vm/nic-add');
    await client.vms.addNic(ADMIN, VM, { name: 'nic1', vnicProfileId: DISK }, BY);
    await client.vms.addNic(ADMIN, VM, { name: 'nic2', vnicProfileId: null }, BY);
    expect(engine.asked.map(({ body }) => body)).toEqual([
      { name: 'nic1', interface: 'virtio', vnic_profile: { id: DISK } },
      { name: 'nic2', interface: 'virtio' },
    ]);
  });
});

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('disks', () => {
  it('are created with our id, read, and attached plugged', async () => {
    const { engine, client } = await start();
    engine.answer('POST /disks', '50-launch/disk-add');
    engine.answer(`GET /disks/${DISK}`, '50-launch/disk-ok');
    engine.answer(`POST /vms/${VM}/diskattachments`, '50-launch/vm-disk-attach');
    const wanted = { id: DISK, name: 'root', provisionedBytes: 1024 ** 3, format: 'cow', sparse: true } as const;
    await expect(client.disks.create(ADMIN, { ...wanted, storageDomainId: DOMAIN }, BY)).resolves.toMatchObject({
      status: 'locked',
    });
    await expect(client.disks.get(ADMIN, DISK)).resolves.toMatchObject({
      id: DISK,
      status: 'ok',
      provisionedBytes: 1024 ** 3,
      actualBytes: 200704,
      format: 'cow',
      sparse: true,
      storageDomainIds: [DOMAIN],
    });
    await client.disks.attach(ADMIN, VM, { diskId: DISK, bootable: true }, BY);
    expect(engine.asked[0]?.body).toEqual({
      id: DISK,
      name: 'root',
      provisioned_size: 1024 ** 3,
      format: 'cow',
      sparse: true,
      storage_domains: { storage_domain: [{ id: DOMAIN }] },
    });
    expect(engine.asked[2]?.body).toEqual({
      disk: { id: DISK },
      interface: 'virtio_scsi',
      bootable: true,
      active: true,
    });
  });

  it('attachments come with their disks in one request', async () => {
    const { engine, client } = await start();
    engine.answer(`GET /vms/${VM}/diskattachments`, '50-launch/vm-diskattachments');
    await expect(client.disks.attachments(ADMIN, VM)).resolves.toMatchObject([
      { interface: 'virtio_scsi', bootable: true, active: true, disk: { name: 'web-3klru-root', status: 'ok' } },
    ]);
    expect(engine.asked.map(({ query }) => query.get('follow'))).toEqual(['disk']);
  });

  it('that are detached live on', async () => {
    const { engine, client } = await start();
    engine.answer(`DELETE /vms/${VM}/diskattachments/${DISK}`, '03-actions/delete');
    await client.disks.detach(ADMIN, VM, DISK, BY);
    expect(engine.asked[0]?.query.get('detach_only')).toBe('true');
  });
});

describe('templates', () => {
  it('are captured without the VM’s script', async () => {
    const { engine, client } = await start();
    engine.answer('POST /templates', '03-template/create');
    const template = await client.templates.create(ADMIN, { name: 'tmpl1', vmId: VM }, BY);
    expect(engine.asked[0]?.body).toEqual({ name: 'tmpl1', vm: { id: VM }, initialization: {} });
    expect(template).toMatchObject({ name: 'tmpl1', status: 'locked', versionNumber: 1 });
  });

  it('are listed, of which Blank has no cluster', async () => {
    const { engine, client } = await start();
    engine.answer('GET /templates;max=100', '03-template/list');
    const templates = await client.templates.list(ADMIN, { search: 'name=*' });
    expect(templates.find(({ name }) => name === 'Blank')).toMatchObject({
      id: BLANK,
      clusterId: null,
      versionNumber: 1,
      status: 'ok',
    });
    expect(templates.find(({ name }) => name === 'tmpl1')).toMatchObject({ clusterId: CLUSTER, sockets: 2 });
    expect(engine.asked[0]?.query.get('search')).toBe('name=* sortby name asc page 1');
  });
});

describe('jobs and events', () => {
  it('are read by id and by correlation id', async () => {
    const { engine, client } = await start();
    const job = '32a9a266-040c-485f-b004-9bafc6b0e52a';
    engine.answer(`GET /jobs/${job}`, '50-launch/job-start-running', '50-launch/job-start-finished');
    engine.answer('GET /jobs', '50-launch/jobs-by-correlation');
    engine.answer('GET /events;max=500', '50-launch/events-start');
    engine.answer(`GET /jobs/${job}/steps`, '51-template/job-clone-steps-progress');
    await expect(client.jobs.get(ADMIN, job)).resolves.toMatchObject({ status: 'started', endedAt: null });
    await expect(client.jobs.get(ADMIN, job)).resolves.toEqual({
      id: job,
      description: 'Launching VM web-3klru',
      status: 'finished',
      startedAt: new Date(1796093295881),
      endedAt: new Date(1796093300539),
    });
    await expect(client.jobs.get(ADMIN, VM)).resolves.toBeNull();
    await expect(client.jobs.byCorrelationIds(ADMIN, [OPERATION, 'b'])).resolves.toMatchObject([{ id: job }]);
    expect(engine.asked.at(-1)?.query.get('search')).toBe(`correlation_id=${OPERATION} or correlation_id=b`);
    expect((await client.jobs.steps(ADMIN, job)).some(({ progress }) => progress !== null)).toBe(true);
    const [event] = await client.events.byCorrelationIds(ADMIN, [OPERATION]);
    expect(event).toEqual({
      id: '2498',
      code: 32,
      severity: 'normal',
      description: 'VM web-3klru started on Host fake-host-2',
      at: new Date(1796093300537),
      correlationId: '7f48b1a6-96ee-43b5-95c7-ef1b036f3d2d',
      vmId: '58988c80-ca92-4769-9f72-ca7cc9a3c8c1',
    });
  });
});
