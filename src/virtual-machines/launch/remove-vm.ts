import { EngineError, type EngineIdentity, type EnginePorts, type WriteOptions } from '../../engine';
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
  const seen = (await context.look({ vms: [vmId] })).vms.get(vmId);
  return context.act(async (engine, as, write) => {
    const vm = seen ?? (await engine.vms.get(as, vmId, { signal: write.signal })); // who looks for all may not see it
    if (vm === null) return { is: 'done' };
    if (vm.status === 'image_locked') return again;
    if (STOPPED.includes(vm.status)) await remove(engine, as, vmId, { ...write, keepDisks });
    else await engine.vms.stop(as, vmId, write);
    return again;
  });
}

async function remove(
  engine: EnginePorts,
  as: EngineIdentity,
  vmId: string,
  options: WriteOptions & { keepDisks: boolean },
): Promise<void> {
  try {
    await engine.vms.remove(as, vmId, options);
  } catch (error) {
    if (!(error instanceof EngineError) || !['conflict', 'not_found'].includes(error.kind)) throw error;
    const vm = await engine.vms.get(as, vmId, { signal: options.signal });
    if (vm !== null && STOPPED.includes(vm.status)) throw error;
    // it is gone, or a start was carried out late
  }
}
