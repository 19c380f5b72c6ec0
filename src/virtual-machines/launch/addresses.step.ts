import type { GuestAddress } from '../../engine';
import { isUnforeseen, type Step, type StepContext } from '../../operations';
import { resultOf, vmIdOf } from './create-vm.step';
import type { LaunchInput } from './launch-request';

/** Guests tell theirs up to 20 s after they are up, and those without an agent never. */
const PATIENCE_MS = 60_000;
/** The engine itself looks at guests so seldom (oVirt: VdsRefreshRate × NumberVmRefreshesBeforeSave). */
const LOOK_MS = 3_000;

/** Waits for the addresses that the guest tells; one that tells none is up all the same. */
export const awaitAddresses: Step<LaunchInput> = {
  name: 'addresses',
  title: 'Wait for its addresses',
  cancellable: false,
  keeps: true,

  async run(context: StepContext<LaunchInput>) {
    const id = vmIdOf(context);
    const found = await told(context, id);
    const addresses = found.map(({ address }) => address);
    const sinceMs = context.now.getTime() - context.since.getTime();
    if (addresses.length === 0 && sinceMs < PATIENCE_MS) return { is: 'waiting', for: 'guest', againMs: LOOK_MS };
    const message =
      addresses.length === 0
        ? 'The guest has told no address: it may have no guest agent, or nobody could read it'
        : undefined;
    return { is: 'done', memo: { addresses }, message, result: resultOf(context, addresses) };
  },
};

/** What the guest tells; nothing where nobody can read it now: it runs all the same. */
async function told(context: StepContext<LaunchInput>, id: string): Promise<GuestAddress[]> {
  try {
    return (await context.addresses(id)) ?? (await asPerson(context, id));
  } catch (error) {
    if (context.signal.aborted || isUnforeseen(error)) throw error;
    return [];
  }
}

/** Who looks for all may not see this one. */
function asPerson(context: StepContext<LaunchInput>, id: string): Promise<GuestAddress[]> {
  return context.act((engine, as, { signal }) => engine.vms.addresses(as, id, { signal }));
}
