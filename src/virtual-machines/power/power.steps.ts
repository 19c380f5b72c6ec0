import { AppError } from '../../common/app-error';
import {
  EngineError,
  type EngineIdentity,
  type EnginePorts,
  type EngineVm,
  type Sighting,
  type Started,
  type WriteOptions,
} from '../../engine';
import type { Step, StepContext, StepResult } from '../../operations';
import type { MachineStore } from '../machines/machine.store';
import { isRefusal } from '../launch/sent-once';
import { startVm } from '../launch/start-vm.step';
import { jobOf, leftTrail, whyItFailed } from '../launch/trail';
import type { PowerInput } from './power-input';

const LOOK_MS = 1_000;
/** A guest that has not gone down by then ignores the button (oVirt: VmGracefulShutdownTimeout, and its own time). */
const SHUTDOWN_MS = 300_000;
/** What was asked for is not coming when the VM is in another state so long after the job, or so long where nobody knows its job. */
const STRAY_MS = 60_000;
const STRAY_UNKNOWN_MS = 300_000;

type Context = StepContext<PowerInput>;
type Ask = (engine: EnginePorts, as: EngineIdentity, id: string, write: WriteOptions) => Promise<Started>;

interface Reached {
  name: string;
  title: string;
  state: string;
  /** States on the way: then it was asked already. */
  passing?: readonly string[];
  ask: Ask;
  /** Tells of a guest that ignores it. */
  givesUp?: (context: Context) => void;
}

const idOf = ({ input }: Pick<Context, 'input'>) => input.vmId;

/** Asks the engine once, and waits until the VM is in that state. */
function reach({ name, title, state, passing = [], ask, givesUp }: Reached): Step<PowerInput> {
  return {
    name,
    title,
    cancellable: false,
    run: async (context) => {
      const { memo } = context.operation;
      const id = idOf(context);
      const sighting = await context.look({ vms: [id], correlationIds: [context.operation.id] });
      const vm = sighting.vms.get(id) ?? (await demandVm(context));
      if (vm.status === state) return { is: 'done', result: { type: 'vm', id, name: context.input.name } };
      const isPassing = passing.includes(vm.status);
      const isOnItsWay = isPassing || givesUp !== undefined;
      if (memo.asked === true) await demandNoEnd(context, { vm, isOnItsWay, jobs: sighting.jobs });
      else if (!isPassing) await askOnce(context, ask);
      givesUp?.(context);
      return { is: 'waiting', for: null, againMs: LOOK_MS };
    },
  };
}

/** @throws AppError conflict action_failed, wrong_state where what was asked for is not coming any more */
async function demandNoEnd(
  context: Context,
  { vm, isOnItsWay, jobs }: { vm: EngineVm; isOnItsWay: boolean; jobs: Sighting['jobs'] },
): Promise<void> {
  const { memo, title } = context.operation;
  const job = await jobOf(context, jobs, 'askedJob');
  if (job?.status === 'failed' || job?.status === 'aborted')
    throw new AppError('conflict', `${title} has failed in the engine${await whyItFailed(context)}`, {
      reason: 'action_failed',
    });
  const isStray = !isOnItsWay && job?.status !== 'started';
  if (!isStray) return typeof memo.strayAt === 'number' ? context.note({ strayAt: null }) : undefined;
  if (typeof memo.strayAt !== 'number') return context.note({ strayAt: context.now.getTime() });
  if (context.now.getTime() - memo.strayAt < (job === null ? STRAY_UNKNOWN_MS : STRAY_MS)) return;
  const message = `${title} has come to nothing: the virtual machine is ${vm.status.replaceAll('_', ' ')}`;
  throw new AppError('conflict', `${message}${await whyItFailed(context)}`, { reason: 'wrong_state' });
}

/** Asks the engine once: where the answer was lost, its events tell whether it had heard. */
async function askOnce(context: Context, ask: Ask): Promise<void> {
  const { memo } = context.operation;
  const wasHeard = memo.asking === true && (await leftTrail(context));
  const { jobId: askedJob } = wasHeard ? { jobId: null } : await askNow(context, ask);
  await context.note({ asked: true, askedAt: context.now.getTime(), askedJob });
}

function askNow(context: Context, ask: Ask): Promise<Started> {
  return context.act(async (engine, as, write) => {
    await context.note({ asking: true });
    try {
      return await ask(engine, as, idOf(context), write);
    } catch (error) {
      if (isRefusal(error)) await context.note({ asking: false }); // also before another session of theirs is tried
      throw error;
    }
  });
}

export const stopIt = reach({
  name: 'stop_vm',
  title: 'Stop it',
  state: 'down',
  ask: (engine, as, id, write) => engine.vms.stop(as, id, write),
});

export const suspendIt = reach({
  name: 'suspend_vm',
  title: 'Suspend it',
  state: 'suspended',
  passing: ['saving_state'],
  ask: (engine, as, id, write) => engine.vms.suspend(as, id, write),
});

export const shutItDown = reach({
  name: 'shutdown_vm',
  title: 'Shut it down',
  state: 'down',
  passing: ['powering_down'],
  ask: (engine, as, id, write) => engine.vms.shutdown(as, id, write),
  givesUp: ({ since, now, input, operation: { memo } }) => {
    const askedAt = typeof memo.askedAt === 'number' ? memo.askedAt : since.getTime();
    if (now.getTime() - askedAt < SHUTDOWN_MS) return;
    const message = `${input.name} has not shut down within ${SHUTDOWN_MS / 60_000} minutes: its guest ignores it; stop it instead`;
    throw new AppError('conflict', message, { reason: 'shutdown_ignored' });
  },
});

/** With changes for the next run it goes down and up again, which takes moments. */
const REBOOTING = ['reboot_in_progress', 'powering_down', 'wait_for_launch', 'powering_up'];

/** What a guest does on the way is its own: the engine's word that it has begun, and then that it is up, is the end. */
export const rebootIt: Step<PowerInput> = {
  name: 'reboot_vm',
  title: 'Reboot it',
  cancellable: false,
  run: async (context) => {
    const id = idOf(context);
    if (context.operation.memo.asked !== true) {
      await askOnce(context, (engine, as, vmId, write) => engine.vms.reboot(as, vmId, write));
      return { is: 'waiting', for: null, againMs: 2 * LOOK_MS };
    }
    const { vms, jobs } = await context.look({ vms: [id], correlationIds: [context.operation.id] });
    const vm = vms.get(id) ?? (await demandVm(context));
    if (vm.status === 'up') return { is: 'done', result: { type: 'vm', id, name: context.input.name } };
    await demandNoEnd(context, { vm, isOnItsWay: REBOOTING.includes(vm.status), jobs });
    return { is: 'waiting', for: null, againMs: LOOK_MS };
  },
};

/**
 * Sends the whole initialisation again before a start: a change for the next run has ruined its newlines and forgotten its
 * password since (oVirt: OvfReader.java), and when there was one nobody can tell any more.
 */
export function initialiseAgain(machines: MachineStore): Step<PowerInput> {
  return {
    name: 'initialise_vm',
    title: 'Send its initialisation again',
    cancellable: true,
    run: async (context): Promise<StepResult> => {
      const initialization = await machines.initializationOf(context.input);
      const vm = (await context.look({ vms: [idOf(context)] })).vms.get(idOf(context));
      if (initialization === null || vm?.status !== 'down') return { is: 'done' };
      try {
        await context.act((engine, as, write) => engine.vms.update(as, idOf(context), { initialization }, write));
      } catch (error) {
        if (!(error instanceof EngineError) || error.kind !== 'forbidden') throw error;
        return { is: 'done', message: 'The engine lets you start it, but not change it: it starts as it is' };
      }
      return { is: 'done' };
    },
  };
}

/** Of a machine. */
export const startIt = startVm(({ input }) => (input as PowerInput).vmId, ['down', 'suspended', 'paused']);

async function demandVm(context: Context): Promise<EngineVm> {
  const id = idOf(context);
  const vm = await context.act((engine, as, { signal }) => engine.vms.get(as, id, { signal }));
  if (vm !== null) return vm;
  throw new AppError('conflict', `${context.input.name} is gone from the engine`, { reason: 'vm_gone' });
}
