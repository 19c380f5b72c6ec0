import type { StepContext } from '../../operations';
import type { LaunchInput } from './launch-request';

/** Gives the NICs of the template the wanted profiles, by their names, and adds those that it has not. */
export async function nicsAsWanted(context: StepContext<LaunchInput>, vmId: string): Promise<void> {
  const { nics } = context.input;
  if (nics === undefined) return;
  await context.act(async (engine, as, write) => {
    const present = await engine.vms.nics(as, vmId, { signal: write.signal });
    for (const { name, vnicProfileId } of nics) {
      const nic = present.find((one) => one.name === name);
      if (nic === undefined) await engine.vms.addNic(as, vmId, { name, vnicProfileId }, write);
      else if (nic.vnicProfileId !== vnicProfileId)
        await engine.vms.updateNic(as, vmId, nic.id, { vnicProfileId }, write);
    }
  });
}
