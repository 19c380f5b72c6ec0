import { startEngineSimulator, type EngineVersion } from '../../tools/engine-simulator';
import { startApp, type RunningApp } from '../support/app';
import { EngineBench } from '../support/engine-simulators';
import { addTemplate, EnginePerson, wish } from '../support/machines';
import { registerEngine } from '../support/sign-in';

type Engine = Awaited<ReturnType<typeof startEngineSimulator>>;

/** The engine's time runs so much faster. */
const FASTER = 20;

const bench = new EngineBench();
let app: RunningApp;

beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

async function begin(version: EngineVersion, { behindKeycloak = false, login = 'mara@corp' } = {}) {
  const startedAt = Date.now();
  const now = () => startedAt + (Date.now() - startedAt) * FASTER;
  const engine = await bench.start({ version, behindKeycloak, now });
  addTemplate(engine);
  const resource = (await registerEngine(app, engine)).id;
  return { engine, resource, person: await EnginePerson.signIn(app, engine, login) };
}

const states = (engine: Engine) =>
  engine.data.vms.filter(({ name }) => name === 'web1').map(({ status, memoryBytes }) => [status, memoryBytes]);

describe.each([
  ['3.4', {}],
  ['3.6', {}],
  ['4.1', {}],
  ['4.3', {}],
  ['4.5', {}],
  ['4.5', { behindKeycloak: true, login: 'admin@ovirt@internalsso' }],
] as const)('an engine %s %j', (version, how) => {
  it('offers its templates, and a launch ends with one VM that is up', async () => {
    const { engine, resource, person } = await begin(version, how);
    const images = await person.fetch(`/api/v2/compute_resources/${resource}/available_images`);
    expect(await images.json()).toMatchObject({ results: [{ name: 'Blank' }, { name: 'debian-12', status: 'ok' }] });
    const begun = await person.launch(resource, { memory_mib: 2048, host_name: 'web1', ssh_keys: ['ssh-ed25519 A'] });
    expect(await person.ended(begun)).toMatchObject({ state: 'succeeded', error: null });
    expect(states(engine)).toEqual([['up', 2 * 1024 ** 3]]);
  });
});

describe.each(['3.4', '3.6', '4.1'] as const)('an engine %s', (version) => {
  it.each([
    ['growing the disk', { disk_gib: 20 }],
    ['other NICs', { nics: [{ name: 'nic1', vnic_profile: 'ovirtmgmt' }] }],
  ])('is told to be too old for %s before anything is sent', async (_, fields) => {
    const { engine, resource, person } = await begin(version);
    const answer = await person.post('/api/v2/virtual_machines', { virtual_machine: wish(resource, fields) });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(`Changes of VMs need an engine from 4.2 on; this one is ${version}`);
    expect(states(engine)).toEqual([]);
  });

  it('refuses a name that is taken, and shows the form', async () => {
    const { resource, person } = await begin(version);
    const fields = { virtual_machine: wish(resource, { vm_name: 'empty' }) };
    expect((await person.post('/api/v2/virtual_machines', fields)).status).toBe(409);
    const form = await person.fetch(`/virtual_machines/new?compute_resource_id=${resource}`, {
      headers: { accept: 'text/html' },
    });
    expect(await form.text()).toContain('>debian-12</option>');
  });
});
