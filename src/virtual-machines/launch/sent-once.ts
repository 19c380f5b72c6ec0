import { AppError } from '../../common/app-error';
import { EngineError, type EngineIdentity, type EnginePorts, type WriteOptions } from '../../engine';
import type { Memo, StepContext } from '../../operations';

/** A request that got no answer may be carried out as late as that. */
const LATE_MS = 120_000;
/** Between two looks whether it was. */
export const LATE_LOOK_MS = 5_000;

/**
 * Sends what makes something. `asked` is written down before, when it is on its way, and cleared once the engine has
 * refused it; who gets what it made clears it with writing that down. What never got an answer stays as `late`.
 */
export async function sent<T>(
  context: StepContext<unknown>,
  call: (engine: EnginePorts, as: EngineIdentity, write: WriteOptions) => Promise<T>,
): Promise<T> {
  const { memo } = context.operation;
  return context.act(async (engine, as, write) => {
    const late = typeof memo.asked === 'number' ? memo.asked : (memo.late ?? null);
    await context.note({ asked: context.now.getTime(), late });
    try {
      return await call(engine, as, write);
    } catch (error) {
      if (isRefusal(error)) await context.note({ asked: null }); // also before another session of theirs is tried
      throw error;
    }
  });
}

/** Whether something may have been made, or may be made still, of which nobody told. */
export const mayExist = ({ asked, late }: Memo): boolean => typeof asked === 'number' || typeof late === 'number';

/** Whether a request may be carried out still that got no answer. */
export function mayComeLate({ operation: { memo }, now }: StepContext<unknown>): boolean {
  const last = Math.max(...[memo.asked, memo.late].map((at) => (typeof at === 'number' ? at : -Infinity)));
  return now.getTime() - last < LATE_MS;
}

/** Whether an error tells that nothing was done. */
export function isRefusal(error: unknown): boolean {
  return error instanceof EngineError ? error.details.mayBeDone !== true : error instanceof AppError;
}
