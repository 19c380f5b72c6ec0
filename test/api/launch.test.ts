import { simTemplate, startEngineSimulator } from '../../tools/engine-simulator';
import { guid } from '../../tools/engine-simulator/seeds';
import { startApp, type RunningApp } from '../support/app';
import { EngineBench } from '../support/engine-simulators';
import { EnginePerson, addTemplate, wish } from '../support/machines';
import { registerEngine } from '../support/sign-in';

type Engine = Awaited<ReturnType<typeof startEngineSimulator>>;

/** The engine's time runs so much faster. */
const FASTER = 20;

const bench = new EngineBench();
let app: RunningApp;
let engine: Engine;
let resource: number;
let mara: EnginePerson;

beforeEach(async () => {
  const startedAt = Date.now();
  engine = await bench.start({ version: '4.5', now: () => startedAt + (Date.now() - startedAt) * FASTER });
  addTemplate(engine);
  app = await startApp();
  resource = (await registerEngine(app, engine)).id;
  mara = await EnginePerson.signIn(app, engine, 'mara@corp');
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

const vms = () => engine.data.vms.filter(({ name }) => name === 'web1');

describe('a launch', () => {
  it('makes a VM, starts it, and ends with its addresses', async () => {
    const begun = await mara.launch(resource, { memory_mib: 2048, sockets: 2, disk_gib: 20, host_name: 'web1' });
    expect(begun.virtual_machine).toMatchObject({ vm_name: 'web1', state: 'launching' });
    const operation = await mara.ended(begun);
    expect(operation).toMatchObject({
      state: 'succeeded',
      error: null,
      left_behind: [],
      steps: [
        { name: 'create_vm', state: 'succeeded' },
        { name: 'start_vm', state: 'succeeded' },
        { name: 'addresses', state: 'succeeded' },
      ],
    });
    expect(operation.result?.addresses).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/)]);
    expect(vms()).toMatchObject([{ status: 'up', memoryBytes: 2 * 1024 ** 3, sockets: 2 }]);
    const shown = await mara.fetch(`/api/v2/virtual_machines/${begun.virtual_machine.id}`);
    expect(await shown.json()).toMatchObject({
      vm_name: 'web1',
      state: 'up',
      owner: { login: 'mara@corp' },
      image: 'debian-12',
      addresses: operation.result?.addresses,
      unowned: null,
    });
  });

  it('takes a template by id or name that no list of a thousand has room for', async () => {
    const last = { id: guid(0xea, 9999), name: 'zz-last', clusterId: null };
    const many = Array.from({ length: 1000 }, (_, n) => simTemplate({ id: guid(0xea, n), name: `t${n}` }));
    engine.data.templates.push(...many, simTemplate(last));
    for (const [vmName, template] of Object.entries({ one: last.id, two: last.name }))
      await mara.launch(resource, { vm_name: vmName, template });
    expect(engine.data.templates.length).toBeGreaterThan(1001);
  });

  it.each([
    ['a name with a blank', { vm_name: 'web 1' }, 422, 'vm_name'],
    ['a name of 65 characters', { vm_name: 'x'.repeat(65) }, 422, 'vm_name'],
    ['half a MiB', { memory_mib: 0.5 }, 422, 'memory_mib'],
    ['no sockets', { sockets: 0 }, 422, 'sockets'],
    ['a template that is not there', { template: 'nothing' }, 422, 'template'],
    ['a cluster that is not there', { cluster: 'nothing' }, 422, 'cluster'],
    ['a disk of Blank', { template: 'Blank', disk_gib: 20 }, 422, 'disk_gib'],
    ['a vNIC profile that is not there', { nics: [{ name: 'nic1', vnic_profile: 'x' }] }, 422, 'nics/0/vnic_profile'],
    ['a name that is taken', { vm_name: 'empty' }, 409, 'vm_name'],
  ])('with %s is refused before anything is sent', async (_, fields, status, field) => {
    const before = engine.control.requests.length;
    const answer = await mara.post('/api/v2/virtual_machines', { virtual_machine: wish(resource, fields) });
    const body = (await answer.json()) as { error: { errors?: Record<string, string[]> } };
    expect([answer.status, Object.keys(body.error.errors ?? {})]).toEqual([status, [field]]);
    const sent = engine.control.requests.slice(before).filter(({ method }) => method !== 'GET');
    expect(sent).toEqual([]);
  });

  it('with a disk smaller than the template’s is refused to whoever sees that one: an administrator', async () => {
    const admin = await EnginePerson.signIn(app, engine, 'admin@internal');
    const answer = await admin.post('/api/v2/virtual_machines', { virtual_machine: wish(resource, { disk_gib: 5 }) });
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { error: { errors: { disk_gib: ['is less than the 10 GiB of debian-12'] } } },
    ]);
  });
});
