import { UnitOfWork } from '../../src/database';
import { engineData } from '../../tools/engine-simulator';
import { startApp, type RunningApp } from '../support/app';
import { register } from '../support/compute-resources';
import { EngineBench } from '../support/engine-simulators';
import { rows } from '../support/sign-in';

const bench = new EngineBench();
let app: RunningApp;

beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => {
  await app.close();
  await bench.close();
});

const makeHost = (name: string, facts: Record<string, unknown>) => app.post('/api/v2/hosts/facts', { name, facts });
const vmOf = async (name: string) => (await (await app.fetch(`/hosts/${name}/vm/ovirt?format=json`)).json()) as object;
const part = async (name: string) =>
  (await app.fetch(`/hosts/${name}/vm/ovirt`, { headers: { accept: 'text/html' } })).text();
const hostsOf = async (name: string) => {
  const search = encodeURIComponent(`compute_resource = ${name}`);
  const hosts = (await (await app.fetch(`/hosts?format=json&search=${search}`)).json()) as { host: { name: string } }[];
  return hosts.map(({ host }) => host.name);
};
const associate = (path: string) =>
  app.fetch(`/api/v2/compute_resources/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });

describe.each(['4.5', '3.6', '3.2'] as const)('the Virtual Machine tab with a %s engine', (version) => {
  it('shows the VM, without a layout, and associates the host', async () => {
    const engine = await bench.start({ version, https: true });
    await register(app, engine);
    const [vm] = engine.data.vms;
    await makeHost('web1.example.com', { uuid: vm?.id.toUpperCase() });
    const html = await part('web1.example.com');
    expect(html).not.toContain('<html');
    for (const words of ['web1.example.com', '00:1a:4a:16:01:52', 'web1_Data', '1 TiB', '4 GiB', 'production'])
      expect(html).toContain(words);
    expect(await vmOf('web1.example.com')).toMatchObject({
      state: 'current',
      compute_resource: { name: 'production' },
      virtual_machine: { id: vm?.id, name: vm?.name, memory: vm?.memoryBytes, nics: [{}, {}], disks: [{}, {}] },
    });
    expect(await hostsOf('production')).toEqual(['web1.example.com']);
  });
});

describe('the Virtual Machine tab', () => {
  it('is offered only to hosts with a UUID, and only when an engine is registered', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    await makeHost('web1', { uuid: engine.data.vms[0]?.id });
    await makeHost('plain', { kernel: 'Linux' });
    const offered = async (name: string) =>
      (await (await app.fetch(`/hosts/${name}/ovirt`)).text()).includes('panel-vm');
    expect(await offered('web1')).toBe(false);
    await register(app, engine);
    expect([await offered('web1'), await offered('plain')]).toEqual([true, false]);
  });

  it('an engine that is down: the last known values with their age; a VM never seen: a plain sentence', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    await register(app, engine);
    await makeHost('web1', { uuid: engine.data.vms[0]?.id });
    await makeHost('db1', { uuid: engine.data.vms[1]?.id });
    await vmOf('web1');
    await engine.close();
    expect(await vmOf('web1')).toMatchObject({ state: 'last_known', virtual_machine: { name: 'web1.example.com' } });
    expect(await part('web1')).toMatch(/refuses the connection.*What follows is from <time[^>]*>just now/);
    expect(await vmOf('db1')).toMatchObject({ state: 'unknown', virtual_machine: null });
    expect(await part('db1')).toContain('Nothing is known of the virtual machine yet.');
  });

  it('no engine has such a VM: a plain sentence', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    await register(app, engine);
    await makeHost('metal', { uuid: '4c4c4544-0031-3010-8052-b4c04f503732' });
    expect(await vmOf('metal')).toEqual({ state: 'none', virtual_machine: null });
    expect(await part('metal')).toContain('No registered engine has a virtual machine');
  });

  it('a dead engine does not keep the VM of another one from being shown', async () => {
    const engine = await bench.start({ version: '3.6', https: true });
    const dead = await bench.start({ version: '3.6', https: true });
    await register(app, dead, { name: 'dead' });
    await register(app, engine, { name: 'live' });
    dead.control.fault({ kind: 'hang' });
    await makeHost('web1', { uuid: engine.data.vms[0]?.id });
    expect(await vmOf('web1')).toMatchObject({ state: 'current', compute_resource: { name: 'live' } });
  });
});

describe('PUT /api/v2/compute_resources/:id/associate', () => {
  it('finds hosts by UUID, else by the MAC address of a NIC; a second time there is nothing to do', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const { id } = await register(app, engine);
    await makeHost('by-uuid', { uuid: engine.data.vms[0]?.id });
    await makeHost('by-mac', { macaddress: engine.data.vms[1]?.nics[0]?.mac });
    await makeHost('stranger', { macaddress: '00:00:5e:00:53:01' });
    await app.app.get(UnitOfWork).run((tx) => tx.execute('UPDATE hosts SET updated_at = 0'));
    const response = await associate(`${id}/associate`);
    const { results } = (await response.json()) as { results: { name: string }[] };
    expect(results.map(({ name }) => name).sort()).toEqual(['by-mac', 'by-uuid']);
    expect((await hostsOf('production')).sort()).toEqual(['by-mac', 'by-uuid']);
    expect(await rows(app, 'SELECT name FROM hosts WHERE updated_at = 0')).toEqual([{ name: 'stranger' }]);
    expect(await vmOf('by-mac')).toMatchObject({ virtual_machine: { name: engine.data.vms[1]?.name } });
    const told = "SELECT subject, reason FROM audits WHERE action = 'compute_resource.associate' ORDER BY id";
    expect(await rows(app, told)).toEqual([{ subject: 'production', reason: 'by-uuid, by-mac' }]);
    const again = await associate(`${id}/associate`);
    expect([again.status, await again.json()]).toMatchObject([422, { error: { message: 'No VMs matched any host' } }]);
  });

  it('one VM: only its host', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const { id } = await register(app, engine);
    await makeHost('web1', { uuid: engine.data.vms[0]?.id });
    await makeHost('db1', { uuid: engine.data.vms[1]?.id });
    expect((await associate(`${id}/associate/${engine.data.vms[1]?.id}`)).status).toBe(200);
    expect(await hostsOf('production')).toEqual(['db1']);
  });

  it("a VM that is not the engine's: 404, and its host stays where it is", async () => {
    const own = await bench.start({ version: '4.5', https: true });
    const other = await bench.start({ version: '4.5', https: true, data: engineData([]) });
    const { id } = await register(app, own);
    const { id: otherId } = await register(app, other, { name: 'other' });
    const vmId = own.data.vms[0]?.id;
    await makeHost('web1', { uuid: vmId });
    expect((await associate(`${id}/associate/${vmId}`)).status).toBe(200);
    for (const key of [vmId, 'abc']) {
      const answer = await associate(`${otherId}/associate/${key}`);
      expect([answer.status, await answer.text()]).toEqual([
        404,
        expect.stringContaining(`vm not found by id '${key}'`),
      ]);
    }
    expect(await hostsOf('production')).toEqual(['web1']);
  });

  it('an engine that is down: 503', async () => {
    const { id } = await register(app, { url: 'https://127.0.0.1:9', ca: '' });
    expect((await associate(`${id}/associate`)).status).toBe(503);
  });

  it('an engine that fails in the midst: 503, and nothing is associated', async () => {
    const engine = await bench.start({ version: '4.5', https: true });
    const { id } = await register(app, engine);
    await makeHost('by-uuid', { uuid: engine.data.vms[0]?.id });
    await makeHost('by-mac', { macaddress: engine.data.vms[1]?.nics[0]?.mac });
    engine.control.fault({ kind: 'starting', path: `/ovirt-engine/api/vms/${engine.data.vms[1]?.id}/nics` });
    expect((await associate(`${id}/associate`)).status).toBe(503);
    expect(await hostsOf('production')).toEqual([]);
  });
});
