import type { EngineSimulator } from '../../tools/engine-simulator';
import { KEYCLOAK_OWNERS, lab, OWNERS, type Plan } from '../support/engine-agreement/lab';
import { PLANS } from '../support/engine-agreement/plans';
import { UNLIKE } from '../support/engine-agreement/unlike';
import { recordedFolder, Replay, type Comparable, type Recorded } from '../support/engine-replay';
import { EngineBench } from '../support/engine-simulators';

const bench = new EngineBench();
afterAll(() => bench.close());

/** Answers what a real engine 4.5.7 answered: status, headers, the members' names, and the texts of faults. */
describe.each(PLANS)('the simulator agrees with the recordings of $folder', (plan: Plan) => {
  const recorded = recordedFolder(plan.folder);
  const first = plan.first ?? [];
  const names = [...first, ...[...recorded.keys()].filter((name) => !first.includes(name)).toSorted()];
  const unlike = new Set(Object.values(UNLIKE[plan.folder] ?? {}).flat());
  let simulator: EngineSimulator;
  let replay: Replay;

  beforeAll(async () => {
    const data = lab();
    plan.prepare?.(data);
    simulator = await bench.start({ version: '4.5', data, ...plan.options });
    replay = new Replay(simulator, plan.options?.behindKeycloak ? KEYCLOAK_OWNERS : OWNERS);
  });

  it.each(names)('%s', async (name) => {
    await plan.before?.[name]?.(simulator, replay);
    const { was, is } = await replay.send(required(recorded, name), plan.bodies?.[name]);
    expect(is).toEqual(unlike.has(name) ? otherThan(was) : was);
  });
});

/** Differs in something: an entry of UNLIKE that agrees by now has to go. */
function otherThan(was: Comparable): unknown {
  return expect.not.objectContaining(was);
}

function required(recorded: Map<string, Recorded>, name: string): Recorded {
  const found = recorded.get(name);
  if (!found) throw new Error(`There is no recording ${name}`);
  return found;
}
