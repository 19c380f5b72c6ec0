import { Clock } from '../../src/common/clock';
import { startEngineSimulator } from '../../tools/engine-simulator';
import { startApp, type RunningApp } from '../support/app';
import { Deaths, deathsOf } from '../support/deaths';
import { EngineBench } from '../support/engine-simulators';
import { EnginePerson, addTemplate, type BegunMachine, type ShownOperation } from '../support/machines';
import { registerEngine } from '../support/sign-in';

type Engine = Awaited<ReturnType<typeof startEngineSimulator>>;

jest.setTimeout(120_000);

/** The engine's time runs so much faster, and that by which the service judges what may come late. */
const FASTER = 50;
const FASTER_HERE = 20;
const STARTED = 153;

const bench = new EngineBench();
let app: RunningApp;
let engine: Engine;
let resource: number;
let mara: EnginePerson;
let deaths: Deaths;

beforeEach(async () => {
  const startedAt = Date.now();
  engine = await bench.start({ version: '4.5', now: () => startedAt + (Date.now() - startedAt) * FASTER });
  addTemplate(engine);
  app = await startApp();
  resource = (await registerEngine(app, engine)).id;
  mara = await EnginePerson.signIn(app, engine, 'mara@corp');
  deaths = new Deaths(app);
  const clock = app.app.get(Clock);
  jest.spyOn(clock, 'now').mockImplementation(() => new Date(startedAt + (Date.now() - startedAt) * FASTER_HERE));
});
afterEach(async () => {
  deaths.restore();
  jest.restoreAllMocks();
  await app.close();
  await bench.close();
});

const named = (name: string) => engine.data.vms.filter((vm) => vm.name === name);
const all = (begun: { operation: { id: string } }[]) => Promise.all(begun.map((one) => mara.ended(one, 60_000)));
const doneBy = ({ operation }: { operation: { id: string } }) => deaths.done.get(operation.id) ?? [];
const namesOf = (begun: readonly unknown[]) => begun.map((_, n) => `web${n}`);

/** Launches one VM for each death; undisturbed, a launch does so many things. */
async function launchWithDeaths(
  fields: object,
): Promise<{ begun: BegunMachine[]; ended: ShownOperation[]; names: string[] }> {
  const undisturbed = await mara.launch(resource, { ...fields, vm_name: 'undisturbed' });
  await mara.ended(undisturbed);
  const planned = deathsOf(doneBy(undisturbed).length);
  deaths.plan(planned);
  const names = namesOf(planned);
  const begun: BegunMachine[] = [];
  for (const name of names) begun.push(await mara.launch(resource, { ...fields, vm_name: name }));
  return { begun, names, ended: await all(begun) };
}

describe('whenever the process dies that runs it,', () => {
  it('a launch ends with one VM, which was started once', async () => {
    const { ended, names } = await launchWithDeaths({
      disk_gib: 20,
      nics: [{ name: 'nic1', vnic_profile: 'ovirtmgmt' }],
    });
    expect(ended.map(({ state, error, left_behind }) => [state, error, left_behind])).toEqual(
      names.map(() => ['succeeded', null, []]),
    );
    expect(names.map((name) => named(name).length)).toEqual(names.map(() => 1));
    const started = engine.data.events.filter(({ code }) => code === STARTED).map(({ vmId }) => vmId);
    expect(new Set(started).size).toBe(started.length);
    expect(deaths.happened).toBe(names.length);
  });

  it('a launch that fails leaves no VM', async () => {
    engine.control.setHosts('down');
    const { ended, names } = await launchWithDeaths({});
    expect(ended.map(({ state, error, left_behind }) => [state, error?.step, left_behind])).toEqual(
      names.map(() => ['failed', 'start_vm', []]),
    );
    expect(names.flatMap(named)).toEqual([]);
    expect(deaths.happened).toBeGreaterThan(0.8 * names.length); // who is disturbed may have less to do
  });

  it('what is done to a machine is done once', async () => {
    const begun = await launchMany(8);
    const machines = (await all(begun)).map((_, n) => begun[n]?.virtual_machine.id ?? 0);
    const rounds: [string, string, number][] = [
      ['reboot', 'up', 157],
      ['suspend', 'suspended', 501],
      ['start', 'up', 0],
      ['shutdown', 'down', 73],
      ['start', 'up', 153],
      ['stop', 'down', 33],
    ];
    for (const [action, state, code] of rounds) {
      const before = engine.data.events.length;
      deaths.plan(deathsOf(4));
      const done = await all(await Promise.all(machines.map((id) => act(`${id}/${action}`))));
      expect([action, ...done.map((one) => one.state)]).toEqual([action, ...machines.map(() => 'succeeded')]);
      expect([action, ...begun.map((_, n) => named(`web${n}`)[0]?.status)]).toEqual([
        action,
        ...machines.map(() => state),
      ]);
      const told = engine.data.events
        .slice(before)
        .filter((event) => event.code === code)
        .map(({ vmId }) => vmId);
      expect([action, told.length]).toEqual([action, code === 0 ? 0 : machines.length]);
    }
    deaths.plan(deathsOf(4));
    const captured = await all(
      await Promise.all(machines.map((id, n) => act(`${id}/capture`, { template: { name: `image${n}` } }))),
    );
    expect(captured.map(({ state }) => state)).toEqual(machines.map(() => 'succeeded'));
    expect(engine.data.templates.filter(({ name }) => name.startsWith('image'))).toHaveLength(machines.length);
    deaths.plan(deathsOf(4));
    const gone = await Promise.all(
      machines.map(async (id) => begunBy(await mara.delete(`/api/v2/virtual_machines/${id}`))),
    );
    expect((await all(gone)).map(({ state }) => state)).toEqual(machines.map(() => 'succeeded'));
    expect(begun.flatMap((_, n) => named(`web${n}`))).toEqual([]);
  });
});

const act = async (path: string, body: object = {}) =>
  begunBy(await mara.post(`/api/v2/virtual_machines/${path}`, body));

async function begunBy(answer: Response): Promise<BegunMachine> {
  const body = (await answer.json()) as BegunMachine;
  if (answer.status !== 202) throw new Error(JSON.stringify(body));
  return body;
}

async function launchMany(count: number): Promise<BegunMachine[]> {
  const begun: BegunMachine[] = [];
  for (let n = 0; n < count; n += 1) begun.push(await mara.launch(resource, { vm_name: `web${n}` }));
  return begun;
}
