import { AppError } from '../../common/app-error';
import type { EngineJob, EngineVm } from '../../engine';
import type { Step, StepContext } from '../../operations';
import { whyItFailed } from './trail';

const LOOK_MS = 1_000;
/** A start that got no answer and left no trace for so long was not carried out. */
const LOST_MS = 30_000;
const RUNNING = ['up', 'reboot_in_progress'];
const STARTABLE = ['down', 'suspended', 'paused'];

type Context = StepContext<unknown>;

/** Starts a VM: its job tells when that is done or has failed, not its state, since between two hosts it is down, too. */
export function startVm(vmIdOf: (context: Context) => string): Step<unknown> {
  return {
    name: 'start_vm',
    title: 'Start it',
    cancellable: true,
    run: async (context) => {
      const id = vmIdOf(context);
      const { vms, jobs } = await context.look({ vms: [id], correlationIds: [context.operation.id] });
      const vm = vms.get(id);
      if (vm !== undefined && RUNNING.includes(vm.status)) return { is: 'done' };
      const job = await startJob(context, jobs);
      if (job?.status === 'failed' || job?.status === 'aborted') return failed(context);
      if (vm === undefined) return await goneOrHidden(context, id);
      if (job === null && STARTABLE.includes(vm.status) && !wasJustAsked(context)) {
        await context.note({ startAsked: context.now.getTime() });
        const started = await context.act((engine, as, write) => engine.vms.start(as, id, write));
        await context.note({ startJob: started.jobId });
      }
      if (job?.status === 'finished') {
        if (vm.status === 'paused')
          return { is: 'done', message: `It is paused: ${vm.statusDetail ?? 'its host says why'}` };
        if (STARTABLE.includes(vm.status)) return failed(context); // it was up, and ended at once
      }
      return { is: 'waiting', for: null, againMs: LOOK_MS, message: `State: ${vm.status.replaceAll('_', ' ')}` };
    },
  };
  function wasJustAsked({ operation: { memo }, now }: Context): boolean {
    return typeof memo.startAsked === 'number' && now.getTime() - memo.startAsked < LOST_MS;
  }
}

/** The job of the start: by its id where the answer told it, which everybody may read. */
async function startJob(context: Context, seen: ReadonlyMap<string, EngineJob>): Promise<EngineJob | null> {
  const { startJob: id } = context.operation.memo;
  if (typeof id !== 'string') return null;
  return seen.get(id) ?? context.act((engine, as, { signal }) => engine.jobs.get(as, id, { signal }));
}

async function failed(context: Context): Promise<never> {
  const why = await whyItFailed(context);
  throw new AppError('conflict', `The engine could not start it${why}`, { reason: 'start_failed' });
}

async function goneOrHidden(context: Context, id: string) {
  const vm = await context.act((engine, as, { signal }): Promise<EngineVm | null> =>
    engine.vms.get(as, id, { signal }),
  );
  if (vm === null)
    throw new AppError('conflict', 'The virtual machine was removed while it was to be started', { reason: 'vm_gone' });
  return { is: 'waiting', for: null, againMs: LOOK_MS } as const;
}
