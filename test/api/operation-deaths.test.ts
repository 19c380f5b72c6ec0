import { startEngineSimulator } from '../../tools/engine-simulator';
import { startApp, type RunningApp } from '../support/app';
import { Deaths, deathsOf } from '../support/deaths';
import { EngineBench } from '../support/engine-simulators';
import { EnginePerson, addTemplate, type BegunMachine, type ShownOperation } from '../support/machines';
import { movableClock, registerEngine } from '../support/sign-in';

type Engine = Awaited<ReturnType<typeof startEngineSimulator>>;

jest.setTimeout(120_000);

/** The engine's time runs so much faster. */
const FASTER = 50;
const STARTED = 153;

const bench = new EngineBench();
let app: RunningApp;
let engine: Engine;
let resource: number;
let mara: EnginePerson;
let deaths: Deaths;
let advance: (ms: number) => void;

beforeEach(async () => {
  const startedAt = Date.now();
  engine = await bench.start({ version: '4.5', now: () => startedAt + (Date.now() - startedAt) * FASTER });
  addTemplate(engine);
  app = await startApp();
  resource = (await registerEngine(app, engine)).id;
  mara = await EnginePerson.signIn(app, engine, 'mara@corp');
  deaths = new Deaths(app);
  advance = movableClock(app);
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
    const { begun, ended, names } = await launchWithDeaths({
      disk_gib: 20,
      nics: [{ name: 'nic1', vnic_profile: 'ovirtmgmt' }],
    });
    expect(begun.map(doneBy)[0]).toEqual([]);
    expect(ended.map(({ state, error, left_behind }) => [state, error, left_behind])).toEqual(
      names.map(() => ['succeeded', null, []]),
    );
    expect(names.map((name) => named(name).length)).toEqual(names.map(() => 1));
    const started = engine.data.events.filter(({ code }) => code === STARTED).map(({ vmId }) => vmId);
    expect(new Set(started).size).toBe(started.length);
    expect(deaths.happened).toBeGreaterThanOrEqual(names.length - 1);
  });
});
