import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppError } from '../../common/app-error';
import { EngineError, type EngineTemplate } from '../../engine';
import {
  OperationKinds,
  textIn,
  type LeftBehind,
  type Memo,
  type OperationKind,
  type Step,
  type StepContext,
} from '../../operations';
import { LATE_LOOK_MS, mayComeLate, mayExist, sent } from '../launch/sent-once';
import { marked, whyItFailed } from '../launch/trail';
import { PowerInput } from './power-input';

const LOOK_MS = 2_000;
/** Large disks are copied for hours. */
const COPY_MS = 12 * 3_600_000;

const CaptureInput = PowerInput.extend({ template: z.object({ name: z.string(), description: z.string() }) });
type CaptureInput = z.output<typeof CaptureInput>;
type Context = StepContext<CaptureInput>;

/** Makes a template of a VM that is down. Its id is the engine's to choose, so its description tells whose it is. */
const capture: Step<CaptureInput> = {
  name: 'capture',
  title: 'Copy it into a template',
  cancellable: false,
  withinMs: COPY_MS,

  async run(context) {
    const { memo } = context.operation;
    if (typeof memo.templateId !== 'string') {
      const { id } = await made(context);
      await context.note({ templateId: id, asked: null });
    }
    const id = textIn(context.operation.memo, 'templateId');
    const template = await context.act((engine, as, { signal }) => engine.templates.get(as, id, { signal }));
    if (template?.status === 'ok')
      return { is: 'done', result: { type: 'template', id, name: context.input.template.name } };
    if (template?.status === 'locked') return { is: 'waiting', for: null, againMs: LOOK_MS };
    const why = await whyItFailed(context);
    throw new AppError('conflict', `The engine could not make the template${why}`, { reason: 'capture_failed' });
  },

  async undo(context) {
    const { memo } = context.operation;
    if (memo.templateId === undefined && !mayExist(memo)) return { is: 'done' };
    const template = await ours(context);
    if (template === null)
      return mayComeLate(context) ? { is: 'waiting', for: 'engine', againMs: LATE_LOOK_MS } : { is: 'done' };
    await context.note({ templateId: template.id });
    if (template.status !== 'locked')
      await context.act((engine, as, write) => engine.templates.remove(as, template.id, write));
    return { is: 'waiting', for: null, againMs: LOOK_MS };
  },
};

async function made(context: Context): Promise<EngineTemplate> {
  const { operation, input } = context;
  const former = mayExist(operation.memo) ? await ours(context) : null;
  if (former !== null) return former;
  const { name, description } = input.template;
  operation.memo.templateName = name; // written down with the request
  const wanted = { name, description: marked(description, operation.id), vmId: input.vmId };
  try {
    return await sent(context, (engine, as, write) => engine.templates.create(as, wanted, write));
  } catch (error) {
    const late = error instanceof EngineError && error.kind === 'conflict' ? await ours(context) : null;
    if (late === null) throw error;
    return late;
  }
}

/** The template of this operation. */
function ours(context: Context): Promise<EngineTemplate | null> {
  const { operation, input } = context;
  return context.act(async (engine, as, { signal }) => {
    const named = await engine.templates.byName(as, input.template.name, { signal });
    return named.find(({ description }) => description?.includes(operation.id)) ?? null;
  });
}

@Injectable()
export class CaptureKind implements OperationKind<CaptureInput> {
  readonly kind = 'vm.capture';
  readonly input = CaptureInput;
  readonly steps = [capture];

  constructor(kinds: OperationKinds) {
    kinds.add(this);
  }

  leftBehind(memo: Memo): LeftBehind[] {
    if (memo.templateId === undefined && !mayExist(memo)) return [];
    return [{ type: 'template', id: textIn(memo, 'templateId'), name: textIn(memo, 'templateName') }];
  }
}
