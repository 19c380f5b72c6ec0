import { EngineIdentity, HttpEngineClient, type NewVm } from '../../src/engine';
import { engineErrorOf } from '../support/engine-simulators';
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
const JSON_TYPE = { 'Content-Type': 'application/json' };

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

describe('an engine that is too old', () => {
  it.each([
    ['changes', (client: HttpEngineClient) => client.vms.update(ADMIN, VM, { description: 'x' }, BY)],
    ['disks', (client: HttpEngineClient) => client.disks.remove(ADMIN, DISK, BY)],
    ['templates', (client: HttpEngineClient) => client.templates.remove(ADMIN, DISK, BY)],
    ['stops', (client: HttpEngineClient) => client.vms.stop(ADMIN, VM, BY)],
  ])('is not asked for %s: the refusal names its version and what is lacking', async (_, call) => {
    const { engine, client } = await start('4.1.9-1.el7');
    expect(await engineErrorOf(call(client))).toMatchObject({
      kind: 'unsupported',
      message: expect.stringMatching(/need an engine from 4\.2 on; this one is 4\.1/) as unknown,
    });
    expect(engine.asked).toEqual([]);
  });

  it('shows the disks of its templates all the same, which it does not follow', async () => {
    const { engine, client } = await start('4.1.9-1.el7');
    const attached = { id: DISK, bootable: 'true', disk: { id: DISK } };
    const path = `GET /templates/${VM}/diskattachments`;
    engine.answer(path, { status: 200, headers: JSON_TYPE, body: { disk_attachment: [attached] } });
    engine.answer(`GET /disks/${DISK}`, '50-launch/disk-ok');
    await expect(client.disks.templateAttachments(ADMIN, VM)).resolves.toMatchObject([
      { id: DISK, bootable: true, disk: { provisionedBytes: 1024 ** 3 } },
    ]);
  });

  it('launches all the same', async () => {
    const { engine, client } = await start('4.1.9-1.el7');
    engine.answer('POST /vms', '03-vm/create');
    await expect(client.vms.create(ADMIN, NEW, BY)).resolves.toMatchObject({ id: VM });
  });
});

describe.each([
  ['3.4', {}],
  ['3.6', { use_cloud_init: true }],
])('an engine %s', (version, initializing) => {
  const json = (body: unknown) => ({ status: 200, headers: JSON_TYPE, body });
  const vm = { id: VM, name: 'web1', memory: 1024 ** 3, status: { state: 'down', detail: 'none' } };

  it('launches VMs, in its own words', async () => {
    const { engine, client } = await start(version);
    engine.answer('POST /vms', json(vm));
    engine.answer(`GET /vms/${VM}`, json(vm));
    engine.answer(`POST /vms/${VM}/start`, json({ status: { state: 'complete' }, job: { id: DISK } }));
    engine.answer(`DELETE /vms/${VM}`, { status: 200, headers: {}, body: '' });
    await client.vms.create(ADMIN, { ...NEW, clone: true, initialization: { hostName: 'web1' } }, BY);
    await expect(client.vms.get(ADMIN, VM)).resolves.toMatchObject({ status: 'down', statusDetail: 'none' });
    await expect(client.vms.start(ADMIN, VM, { ...BY, initialize: true })).resolves.toEqual({ jobId: DISK });
    await expect(client.vms.remove(ADMIN, VM, BY)).resolves.toEqual({ jobId: null });
    expect(engine.asked.map(({ method, body }) => [method, body])).toEqual([
      [
        'POST',
        {
          id: VM,
          name: 'web1',
          cluster: { id: CLUSTER },
          template: { id: BLANK },
          disks: { clone: true },
          initialization: { host_name: 'web1' },
        },
      ],
      ['GET', undefined],
      ['POST', initializing],
      ['DELETE', undefined],
    ]);
    expect(engine.asked[0]?.query.size).toBe(0);
  });

  it.each([
    ['everything', true, undefined],
    ['what they may see', false, 'true'],
  ])('shows the user of an access key %s where they are administrator: %j', async (_, isAdmin, filter) => {
    const { engine, client } = await start(version);
    engine.isAdmin = isAdmin;
    engine.answer(`GET /vms/${VM}`, json(vm));
    await client.vms.get(ADMIN, VM);
    await client.vms.get(EngineIdentity.session('TOKEN-OF-ADMIN'), VM);
    expect(engine.asked.map(({ headers }) => headers.filter)).toEqual([filter, 'true']);
  });

  it('shows its templates with their disks', async () => {
    const { engine, client } = await start(version);
    const status = { state: 'ok' };
    const cpu = { architecture: 'X86_64', topology: { sockets: '2', cores: '1' } };
    const shown = { id: DISK, name: 'debian', memory: 1024 ** 3, status, cpu, os: { type: 'rhel_6x64' } };
    const other = { ...shown, id: VM, name: 'Debian' };
    engine.answer('GET /templates;max=100', json({ template: [shown, other] }));
    engine.answer(`GET /templates/${DISK}`, json(shown));
    const disk = { id: DOMAIN, name: 'root', status, provisioned_size: '1024', interface: 'virtio', bootable: 'true' };
    engine.answer(`GET /templates/${DISK}/disks`, json({ disk: [{ ...disk, format: 'cow', sparse: 'true' }] }));
    const template = { id: DISK, status: 'ok', sockets: 2, os: 'rhel_6x64', architecture: 'x86_64' };
    await expect(client.templates.get(ADMIN, DISK)).resolves.toMatchObject(template);
    await expect(client.templates.list(ADMIN)).resolves.toMatchObject([template, { id: VM }]);
    await expect(client.templates.byName(ADMIN, 'debian')).resolves.toMatchObject([template]);
    await expect(client.templates.byName(ADMIN, 'x or name=*')).resolves.toEqual([]);
    await expect(client.disks.templateAttachments(ADMIN, DISK)).resolves.toMatchObject([
      { id: DOMAIN, interface: 'virtio', bootable: true, disk: { status: 'ok', provisionedBytes: 1024, sparse: true } },
    ]);
  });

  it('is looked at for what is waited for, and tells more than was asked', async () => {
    const { engine, client } = await start(version);
    engine.answer('GET /vms;max=100', json({ vm: [vm, { ...vm, id: DISK }] }));
    const seen = await client.watch.look(ADMIN, { vms: [VM], correlationIds: [OPERATION] });
    expect([[...seen.vms.keys()], seen.jobs.size]).toEqual([[VM], 0]);
  });

  it.each([
    ['a payload', (client: HttpEngineClient) => client.vms.create(ADMIN, { ...NEW, payload: PAYLOAD }, BY)],
    ['keeping disks', (client: HttpEngineClient) => client.vms.remove(ADMIN, VM, { ...BY, keepDisks: true })],
    ['stopping', (client: HttpEngineClient) => client.vms.stop(ADMIN, VM, BY)],
  ])('does not support %s', async (_, call) => {
    const { engine, client } = await start(version);
    expect(await engineErrorOf(call(client))).toMatchObject({ kind: 'unsupported' });
    expect(engine.asked).toEqual([]);
  });
});

const PAYLOAD = { volumeId: 'config-2', files: [{ name: 'user_data', content: '' }] };
