import { AppError } from '../../common/app-error';
import { EngineError, type EngineVm, type NewVm } from '../../engine';
import { textIn, type OperationResult, type Step, type StepContext, type StepResult } from '../../operations';
import { grownDisk } from './boot-disk';
import type { LaunchInput } from './launch-request';
import { nicsAsWanted } from './nics';
import { removed } from './remove-vm';
import { LATE_LOOK_MS, mayComeLate, mayExist, sent } from './sent-once';
import { marked, whyItFailed } from './trail';

/** Between two looks; all operations of an engine share them. */
const LOOK_MS = 1_000;
/** A template's disks may be copied. */
const COPY_MS = 6 * 3_600_000;

type Context = StepContext<LaunchInput>;

/** The id that was chosen for the VM, or that of the engine where it takes none. */
export const vmIdOf = ({ operation }: Pick<Context, 'operation'>): string => textIn(operation.memo, 'vmId');

/**
 * Makes the VM, once, whatever happens meanwhile: its id is chosen before the engine is asked, so that whoever comes after a
 * crash or a request without an answer finds it, or makes it under the same id, which the engine takes but once.
 */
export const createVm: Step<LaunchInput> = {
  name: 'create_vm',
  title: 'Create the virtual machine',
  cancellable: true,
  withinMs: COPY_MS,

  async run(context) {
    const { memo } = context.operation;
    if (memo.created !== true) {
      const vm = await found(context);
      await context.note({ vmId: vm.id, created: true, asked: null });
    }
    const busy = await stillMade(context);
    if (busy !== null) return busy;
    await nicsAsWanted(context, vmIdOf(context));
    const growing = await grownDisk(context, vmIdOf(context));
    return growing ? { is: 'waiting', for: null, againMs: LOOK_MS } : { is: 'done', result: resultOf(context, []) };
  },

  async undo(context) {
    const { memo } = context.operation;
    if (memo.created !== true && !mayExist(memo)) return { is: 'done' };
    if (memo.created !== true) {
      const made = await alreadyMade(context);
      if (made !== null) await context.note({ vmId: made.id, created: true });
    }
    const gone = await removed(context, vmIdOf(context));
    if (gone.is !== 'done' || !mayComeLate(context)) return gone;
    return { is: 'waiting', for: 'engine', againMs: LATE_LOOK_MS };
  },
};

/** Of a launch. */
export function resultOf(context: Context, addresses: string[]): OperationResult {
  return { type: 'vm', id: vmIdOf(context), name: context.input.name, addresses };
}

/** The VM of this operation: made by an earlier try, or now. */
async function found(context: Context): Promise<EngineVm> {
  if (mayExist(context.operation.memo)) {
    const made = await alreadyMade(context);
    if (made !== null) return made;
  }
  const wanted = newVm(context);
  try {
    return await sent(context, (engine, as, write) => engine.vms.create(as, wanted, write));
  } catch (error) {
    // The name or the id is taken: by ourselves, where an earlier request was carried out late.
    const isTaken = error instanceof EngineError && (error.kind === 'conflict' || error.kind === 'bad_request');
    const made = isTaken ? await alreadyMade(context) : null;
    if (made === null) throw error;
    return made;
  }
}

/** With a mark by which it is found again where the engine takes no id. */
function newVm(context: Context): NewVm {
  const { name, description, clusterId, templateId, memoryBytes, sockets, cores, initialization, payload } =
    context.input;
  return {
    id: vmIdOf(context),
    name,
    description: marked(description, context.operation.id),
    clusterId,
    templateId,
    memoryBytes,
    sockets,
    cores,
    initialization,
    payload,
  };
}

/** By its id; on engines that take none by its name and the mark in its description. */
async function alreadyMade(context: Context): Promise<EngineVm | null> {
  const { operation, input } = context;
  return context.act(async (engine, as, { signal }) => {
    const byId = await engine.vms.get(as, vmIdOf(context), { signal });
    if (byId !== null) return byId;
    const named = await engine.vms.byName(as, input.name, { signal });
    return named.find(({ description }) => description?.includes(operation.id)) ?? null;
  });
}

/** Null once its disks are there. */
async function stillMade(context: Context): Promise<StepResult | null> {
  const id = vmIdOf(context);
  const { vms } = await context.look({ vms: [id] });
  const vm = vms.get(id) ?? (await demandVm(context, id));
  return vm.status === 'image_locked' ? { is: 'waiting', for: null, againMs: LOOK_MS } : null;
}

/** A VM whose disks could not be made disappears. @throws AppError that says why */
async function demandVm(context: Context, id: string): Promise<EngineVm> {
  const vm = await context.act((engine, as, { signal }) => engine.vms.get(as, id, { signal }));
  if (vm !== null) return vm;
  const why = await whyItFailed(context);
  throw new AppError('conflict', `The engine could not make ${context.input.name}${why}`, { reason: 'create_failed' });
}
