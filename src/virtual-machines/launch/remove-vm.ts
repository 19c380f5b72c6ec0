import type { StepContext, StepResult } from '../../operations';

const LOOK_MS = 1_000;
const STOPPED = ['down', 'image_illegal', 'unassigned'];

const again: StepResult = { is: 'waiting', for: null, againMs: LOOK_MS };

/** Stops a VM and removes it, with its disks unless they are to be kept. Done once the engine knows it no more. */
export async function removed(
  context: StepContext<unknown>,
  vmId: string,
  { keepDisks = false } = {},
): Promise<StepResult> {
  return context.act(async (engine, as, write) => {
    const vm = await engine.vms.get(as, vmId, { signal: write.signal });
    if (vm === null) return { is: 'done' };
    if (vm.status === 'image_locked') return again;
    if (STOPPED.includes(vm.status)) await engine.vms.remove(as, vmId, { ...write, keepDisks });
    else await engine.vms.stop(as, vmId, write);
    return again;
  });
}
