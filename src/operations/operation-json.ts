import { z } from 'zod';
import { apiPageOf } from '../foreman-kit';
import { OPERATION_STATES, WAITED_FOR, type Operation, type OperationFault } from './operation';

const instant = z.iso.datetime().nullable();
const progress = z.int().min(0).max(100).nullable().describe('Per cent; null when nobody knows');

const EngineWordsAnswer = z.object({
  compute_resource: z.string(),
  status: z.int().nullable(),
  detail: z.string().nullable(),
});

export const OperationAnswer = z.object({
  id: z.string().describe('UUID; the Correlation-Id of its writes to the engine'),
  kind: z.string(),
  title: z.string(),
  state: z.enum(OPERATION_STATES),
  waiting_for: z.enum(WAITED_FOR).nullable(),
  progress,
  cancellable: z.boolean(),
  user: z.object({ id: z.int().nullable(), login: z.string() }),
  compute_resource: z.object({ id: z.int().nullable(), name: z.string() }).nullable(),
  created_at: z.iso.datetime(),
  started_at: instant,
  finished_at: instant,
  steps: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      state: z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled', 'undone']),
      progress,
      started_at: instant,
      finished_at: instant,
      message: z.string().nullable(),
    }),
  ),
  error: z
    .object({ code: z.string(), message: z.string(), step: z.string(), engine: EngineWordsAnswer.optional() })
    .nullable(),
  left_behind: z.array(
    z.object({ type: z.enum(['vm', 'disk', 'template', 'transfer']), id: z.string(), name: z.string() }),
  ),
  result: z.looseObject({}).nullable().describe('type, id, name and more'),
});
export const OperationListAnswer = apiPageOf(z.array(OperationAnswer));

/** Seconds: nobody needs more of them. */
const timeOf = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;
const timeOrNull = (at: Date | null) => (at === null ? null : timeOf(at));

function faultJson({ engine, ...fault }: OperationFault) {
  if (engine === undefined) return fault;
  const { computeResource, status, detail } = engine;
  return { ...fault, engine: { compute_resource: computeResource, status, detail } };
}

/** An operation as our API shows it. */
export function operationJson(operation: Operation, cancellable: boolean): z.input<typeof OperationAnswer> {
  const { id, kind, title, state, progress, login, actsAs, computeResource, error, result } = operation;
  return {
    id,
    kind,
    title,
    state,
    waiting_for: operation.waitingFor,
    progress,
    cancellable,
    user: { id: actsAs.userId, login },
    compute_resource: computeResource,
    created_at: timeOf(operation.createdAt),
    started_at: timeOrNull(operation.startedAt),
    finished_at: timeOrNull(operation.finishedAt),
    steps: operation.steps.map(({ startedAt, finishedAt, endsAt: _, ...step }) => ({
      ...step,
      started_at: timeOrNull(startedAt),
      finished_at: timeOrNull(finishedAt),
    })),
    error: error && faultJson(error),
    left_behind: operation.leftBehind,
    result,
  };
}
