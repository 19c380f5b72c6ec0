import { OperationStore } from '../../src/operations/operation.store';
import { startEngineSimulator } from '../../tools/engine-simulator';
import { startApp, type RunningApp } from '../support/app';
import { EngineBench } from '../support/engine-simulators';
import { eventually } from '../support/eventually';
import { EnginePerson, addTemplate } from '../support/machines';
import { registerEngine, rows } from '../support/sign-in';
import { ToyOperations } from '../support/toy-operations';

jest.setTimeout(60_000);

const MANY = 1_000;
const bench = new EngineBench();
const open: RunningApp[] = [];
const start = async (by?: string): Promise<RunningApp> => {
  const app = await startApp({}, by === undefined ? undefined : () => by);
  open.push(app);
  return app;
};
afterEach(async () => {
  jest.restoreAllMocks();
  for (const app of open.splice(0).reverse()) await app.close();
  await bench.close();
});

const over = async (app: RunningApp) => {
  const sql = 'SELECT COUNT(*) AS n FROM operations WHERE finished_at IS NOT NULL';
  return Number((await rows<{ n: number }>(app, sql))[0]?.n);
};

describe('many operations', () => {
  it('that wait write nothing down while nothing changes, and all end', async () => {
    const app = await start();
    const toys = new ToyOperations(app);
    let isOpen = false;
    toys.answer('first run', () => (isOpen ? { is: 'done' } : { is: 'waiting', for: null, againMs: 100 }));
    const save = jest.spyOn(app.app.get(OperationStore), 'save');
    const actsAs = { by: 'service_account', userId: null, accessKeyId: null } as const;
    await Promise.all(Array.from({ length: MANY }, (_, n) => toys.begin(`Toy ${n}`, { actsAs })));
    await eventually(() => expect(save).toHaveBeenCalledTimes(MANY), 30_000); // each has begun
    const asked = toys.asked.length;
    await eventually(() => expect(toys.asked.length).toBeGreaterThan(asked + 5 * MANY), 30_000);
    expect(save).toHaveBeenCalledTimes(MANY);
    isOpen = true;
    await eventually(async () => expect(await over(app)).toBe(MANY), 30_000);
  });

  it('at an engine that hangs delay none at another', async () => {
    const app = await start();
    const startedAt = Date.now();
    const faster = () => startedAt + (Date.now() - startedAt) * 20;
    const [dead, living] = [await startEngine(faster), await startEngine(faster)];
    const [deadId, livingId] = [(await registerEngine(app, dead)).id, (await registerEngine(app, living)).id];
    const [mara, joerg] = [
      await EnginePerson.signIn(app, dead, 'mara@corp'),
      await EnginePerson.signIn(app, living, 'mara@corp'),
    ];
    const locks = Array.from({ length: 30 }, (_, n) => dead.control.lock(`vm:dead${n}`));
    for (const [n] of locks.entries()) await mara.launch(deadId, { vm_name: `dead${n}` });
    dead.control.fault({ kind: 'hang' });
    const begunAt = Date.now();
    const begun = await joerg.launch(livingId);
    expect(await joerg.ended(begun)).toMatchObject({ state: 'succeeded' });
    expect(Date.now() - begunAt).toBeLessThan(20_000);
    expect(dead.data.vms.filter(({ name }) => name.startsWith('dead'))).toEqual([]);
  });

  async function startEngine(now: () => number) {
    const engine: Awaited<ReturnType<typeof startEngineSimulator>> = await bench.start({ version: '4.5', now });
    addTemplate(engine);
    return engine;
  }
});

const onPostgres = process.env.DB === 'postgres' ? describe : describe.skip;

onPostgres('two instances on one database', () => {
  it('share operations, of which each is run by one', async () => {
    const first = await start();
    const second = await start(first.databaseUrl);
    const [a, b] = [new ToyOperations(first), new ToyOperations(second)];
    for (const toys of [a, b]) toys.answer('first run', () => ({ is: 'done' }));
    await Promise.all(Array.from({ length: 200 }, (_, n) => a.begin(`Toy ${n}`)));
    await eventually(async () => expect(await over(first)).toBe(200), 30_000);
    expect(a.asked.length + b.asked.length).toBe(400); // two steps each
    expect(Math.min(a.asked.length, b.asked.length)).toBeGreaterThan(0);
  });

  it('take over what one of them stops with, if they know its kind', async () => {
    const home = await start(); // has no toys, and leaves them to those that have
    const first = await startApp({}, () => home.databaseUrl);
    const toys = new ToyOperations(first);
    toys.answer('first run', () => ({ is: 'waiting', for: null, againMs: 200 }));
    await toys.begin();
    await eventually(() => expect(toys.asked.length).toBeGreaterThan(1));
    await first.close();
    expect(await over(home)).toBe(0);
    new ToyOperations(await start(home.databaseUrl));
    await eventually(async () => expect(await over(home)).toBe(1));
  });
});
