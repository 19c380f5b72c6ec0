import { AppError } from '../../common/app-error';
import { EngineError, type EngineVm } from '../../engine';
import { FailedAndKept, type Step, type StepContext, type StepResult } from '../../operations';
import { isRefusal } from './sent-once';
import { jobOf, whyItFailed } from './trail';

const LOOK_MS = 1_000;
/** A start that got no answer and left no trace for so long was not carried out. */
const LOST_MS = 90_000; // longer than a write may take (engine-calls.ts)
/** A VM whose host fell silent while it took it over stays `unknown` at the engine, which then neither stops nor removes it. */
const UNKNOWN_MS = 600_000;
const RUNNING = ['up', 'reboot_in_progress'];
/** Whence a new VM starts; others are woken up, too. */
const NEW = ['down'];

type Context = StepContext<unknown>;

/**
 * Starts a VM: its job tells when that is done or has failed, not its state, since between two hosts it is down, too.
 * @param from states that it is started from
 */
export function startVm(vmIdOf: (context: Context) => string, from: readonly string[] = NEW): Step<unknown> {
  return {
    name: 'start_vm',
    title: 'Start it',
    cancellable: true,
    run: async (context) => {
      const id = vmIdOf(context);
      const { vms, jobs } = await context.look({ vms: [id], correlationIds: [context.operation.id] });
      const vm = vms.get(id) ?? (await demandVm(context, id));
      const isIdle = from.includes(vm.status);
      if (!isIdle && RUNNING.includes(vm.status)) return { is: 'done' };
      if (!isIdle && vm.status === 'paused') throw paused(vm);
      const job = await jobOf(context, jobs, 'startJob');
      if (job?.status === 'failed' || job?.status === 'aborted') return failed(context);
      await demandKnown(context, vm);
      if (!isIdle || job?.status === 'started') return goesOn(vm);
      if (typeof context.operation.memo.startJob === 'string') return ended(context, vm);
      if (isOnItsWay(context)) return { is: 'waiting', for: 'engine', againMs: LOOK_MS };
      await ask(context, vm);
      return goesOn(vm);
    },
  };
}

/** @throws AppError conflict state_unknown */
async function demandKnown(context: Context, { status }: EngineVm): Promise<void> {
  const { memo } = context.operation;
  const now = context.now.getTime();
  const since = typeof memo.unknownSince === 'number' ? memo.unknownSince : null;
  if (status !== 'unknown') return since === null ? undefined : context.note({ unknownSince: null });
  if (since === null) return context.note({ unknownSince: now });
  if (now - since < UNKNOWN_MS) return;
  const message = 'The engine has not known its state for ten minutes: its host does not answer';
  throw new AppError('conflict', message, { reason: 'state_unknown' });
}

/** Its guest may have run already. */
function paused({ statusDetail }: EngineVm): FailedAndKept {
  const why = statusDetail === null ? '' : ` (${statusDetail})`;
  return new FailedAndKept('conflict', 'start_paused', `It was started, and the engine has paused it${why}`);
}

const goesOn = ({ status }: EngineVm): StepResult => ({
  is: 'waiting',
  for: null,
  againMs: LOOK_MS,
  message: `State: ${status.replaceAll('_', ' ')}`,
});

/** Written down before, so that a start without an answer is not followed by another one at once. */
async function ask(context: Context, { id, status }: EngineVm): Promise<void> {
  try {
    const { jobId } = await context.act(async (engine, as, write) => {
      await context.note({ startAsked: context.now.getTime() });
      try {
        return await engine.vms.start(as, id, write);
      } catch (error) {
        if (isRefusal(error)) await context.note({ startAsked: null });
        throw error;
      }
    });
    if (jobId !== null) await context.note({ startJob: jobId });
  } catch (error) {
    const isConflict = error instanceof EngineError && error.kind === 'conflict';
    if (!isConflict || (await demandVm(context, id)).status === status) throw error;
    // an earlier request was carried out late
  }
}

function isOnItsWay({ operation: { memo }, now }: Context): boolean {
  return typeof memo.startAsked === 'number' && now.getTime() - memo.startAsked < LOST_MS;
}

/** It ran, perhaps between two looks: what its guest did meanwhile is not to be lost. */
async function ended(context: Context, seen: EngineVm): Promise<StepResult> {
  const vm = await demandVm(context, seen.id);
  if (vm.status !== seen.status) return goesOn(vm); // it was between two hosts when all were looked at
  const why = await whyItFailed(context);
  throw new FailedAndKept('conflict', 'start_ended', `It was started, and is ${vm.status} again${why}`);
}

async function failed(context: Context): Promise<never> {
  const why = await whyItFailed(context);
  throw new AppError('conflict', `The engine could not start it${why}`, { reason: 'start_failed' });
}

/** @throws AppError conflict vm_gone */
async function demandVm(context: Context, id: string): Promise<EngineVm> {
  const vm = await context.act((engine, as, { signal }) => engine.vms.get(as, id, { signal }));
  if (vm !== null) return vm;
  throw new AppError('conflict', 'The virtual machine was removed while it was to be started', { reason: 'vm_gone' });
}
