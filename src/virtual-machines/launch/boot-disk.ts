import { AppError } from '../../common/app-error';
import type { EngineAttachment } from '../../engine';
import type { StepContext } from '../../operations';
import type { LaunchInput } from './launch-request';

/** The disk that a VM boots from: the one that says so, else its only one. */
export function bootDisk(attachments: readonly EngineAttachment[]): EngineAttachment | undefined {
  return attachments.find(({ bootable }) => bootable) ?? (attachments.length === 1 ? attachments[0] : undefined);
}

/** Grows the boot disk where that is wanted. @returns whether the engine is at it still */
export async function grownDisk(context: StepContext<LaunchInput>, vmId: string): Promise<boolean> {
  const { diskBytes } = context.input;
  if (diskBytes === undefined) return false;
  return context.act(async (engine, as, write) => {
    const boot = bootDisk(await engine.disks.attachments(as, vmId, { signal: write.signal }));
    if (!boot?.disk) throw new AppError('invalid', 'The virtual machine has no disk to boot from, so none can grow');
    if (boot.disk.status === 'locked') return true;
    if (boot.disk.provisionedBytes >= diskBytes) return false;
    await engine.disks.resize(as, vmId, boot.id, diskBytes, write);
    return true;
  });
}
