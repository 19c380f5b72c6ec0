import { EngineError, type EngineIdentity, type EnginePorts, type NewNic, type WriteOptions } from '../../engine';
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
      if (nic === undefined) await add(engine, as, vmId, { name, vnicProfileId }, write);
      else if (nic.vnicProfileId !== vnicProfileId)
        await engine.vms.updateNic(as, vmId, nic.id, { vnicProfileId }, write);
    }
  });
}

/** A name that is in use is ours by now where an earlier request was carried out late. */
async function add(
  engine: EnginePorts,
  as: EngineIdentity,
  vmId: string,
  nic: NewNic,
  write: WriteOptions,
): Promise<void> {
  try {
    await engine.vms.addNic(as, vmId, nic, write);
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind !== 'conflict') throw error;
    const present = await engine.vms.nics(as, vmId, { signal: write.signal });
    const isOurs = present.some(({ name, vnicProfileId }) => name === nic.name && vnicProfileId === nic.vnicProfileId);
    if (!isOurs) throw error;
  }
}
