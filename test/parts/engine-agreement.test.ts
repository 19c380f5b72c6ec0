import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineSimulator } from '../../tools/engine-simulator';
import { KEYCLOAK_OWNERS, lab, OWNERS, type Plan } from '../support/engine-agreement/lab';
import { NOT_REPLAYED } from '../support/engine-agreement/not-replayed';
import { PLANS } from '../support/engine-agreement/plans';
import { UNLIKE } from '../support/engine-agreement/unlike';
import { recordedFolder, Replay, type Comparable, type Recorded } from '../support/engine-replay';
import { EngineBench } from '../support/engine-simulators';

const FIXTURES = join(__dirname, '../fixtures/engine');

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

it('every recording is replayed here or by a test of its own, or listed with a reason', () => {
  const lines = readFileSync(join(FIXTURES, 'agreement/names.txt'), 'utf8').trim().split('\n');
  const known = lines.flatMap((line) => {
    const [folder = '', names = ''] = line.split(': ');
    return names.split(' ').map((name) => `${folder}/${name}`);
  });
  const here = PLANS.flatMap(({ folder }) => [...recordedFolder(folder).keys()].map((name) => `${folder}/${name}`));
  const elsewhere = known.filter((name) => existsSync(join(FIXTURES, `${name}.json`)));
  const listed = Object.entries(NOT_REPLAYED).flatMap(([folder, reasons]) =>
    Object.values(reasons).flatMap((names) => names.map((name) => `${folder}/${name}`)),
  );
  const replayed = new Set([...here, ...elsewhere]);
  expect(listed.toSorted()).toEqual(known.filter((name) => !replayed.has(name)).toSorted());
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
