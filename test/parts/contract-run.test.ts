import { EngineIdentity } from '../../src/engine';
import { ContractRun } from '../support/contract-run';
import { ACCOUNT, EngineBench } from '../support/engine-simulators';

const bench = new EngineBench();
afterEach(() => bench.close());

async function begin() {
  const engine = await bench.start({ version: '4.5' });
  const stop = { wanted: false };
  const run = new ContractRun({
    client: bench.client(engine),
    as: EngineIdentity.serviceAccount(ACCOUNT),
    dataCenter: 'Default',
    pass: (ms) => Promise.resolve(engine.control.advance(ms)),
    isStopped: () => stop.wanted,
  });
  const left = () => {
    const { vms, disks } = engine.data;
    return [...vms, ...disks].map(({ name }) => name).filter((name) => name.startsWith(run.name));
  };
  return { engine, run, stop, left };
}

describe('the check of a living engine leaves nothing behind', () => {
  it('of what was made without an answer', async () => {
    const { engine, run, left } = await begin();
    for (const [what, make] of [
      ['vms', () => run.makeVm()],
      ['disks', () => run.makeDisk()],
    ] as const) {
      engine.control.fault({ kind: 'cut_after', path: `/ovirt-engine/api/${what}`, method: 'POST', times: 1 });
      await expect(make()).rejects.toThrow('may have been carried out');
    }
    expect(left()).toHaveLength(2);
    await run.leaveNothing();
    expect(left()).toEqual([]);
  });

  it('when it is stopped', async () => {
    const { run, stop, left } = await begin();
    await run.makeVm();
    stop.wanted = true;
    await expect(run.makeVm()).rejects.toThrow('It was stopped');
    expect(left()).toHaveLength(1);
    await run.leaveNothing();
    expect(left()).toEqual([]);
  });
});
