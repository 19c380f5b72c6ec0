import type { ColumnOf, RowOf, SqlValue } from '../database';
import type { ActsAs, LeftBehind, Memo, Operation, OperationFault, OperationResult, StepRecord } from './operation';
import type { OperationRow } from './operation.entity';

const SHOWN = [
  'id',
  'kind',
  'title',
  'state',
  'waiting_for',
  'waiting_since',
  'progress',
  'acts_by',
  'user_id',
  'access_key_id',
  'login',
  'compute_resource_id',
  'compute_resource_name',
  'memo',
  'steps',
  'undoing',
  'cancel_requested',
  'error',
  'left_behind',
  'result',
  'created_at',
  'started_at',
  'finished_at',
] as const satisfies ColumnOf<OperationRow>[];

export type ShownRow = RowOf<OperationRow, (typeof SHOWN)[number]>;
/** Of everything but what was asked for, which only the runner reads. */
export const COLUMNS = SHOWN.join(', ');

const dateOf = (instant: number | null) => (instant === null ? null : new Date(Number(instant)));
/** Our own JSON, which nobody else writes. */
const parsed = <T>(json: string) => JSON.parse(json) as T;
const parsedOrNull = <T>(json: string | null) => (json === null ? null : parsed<T>(json));

type Instants = 'startedAt' | 'finishedAt' | 'endsAt';
type StoredStep = Omit<StepRecord, Instants> & Record<Instants, number | null>;

const stepOf = ({ startedAt, finishedAt, endsAt, ...step }: StoredStep): StepRecord => ({
  ...step,
  startedAt: dateOf(startedAt),
  finishedAt: dateOf(finishedAt),
  endsAt: dateOf(endsAt),
});
const storedStep = ({ startedAt, finishedAt, endsAt, ...step }: StepRecord): StoredStep => ({
  ...step,
  startedAt: startedAt?.getTime() ?? null,
  finishedAt: finishedAt?.getTime() ?? null,
  endsAt: endsAt?.getTime() ?? null,
});

export function toOperation(row: ShownRow): Operation {
  const { compute_resource_id: resourceId, compute_resource_name: resourceName } = row;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    state: row.state,
    waitingFor: row.waiting_for,
    waitingSince: dateOf(row.waiting_since),
    progress: row.progress,
    actsAs: { by: row.acts_by as ActsAs['by'], userId: row.user_id, accessKeyId: row.access_key_id },
    login: row.login,
    computeResource: resourceName === null ? null : { id: resourceId, name: resourceName },
    createdAt: new Date(Number(row.created_at)),
    startedAt: dateOf(row.started_at),
    finishedAt: dateOf(row.finished_at),
    steps: parsed<StoredStep[]>(row.steps).map(stepOf),
    undoing: Boolean(row.undoing),
    cancelRequested: Boolean(row.cancel_requested),
    memo: parsed<Memo>(row.memo),
    error: parsedOrNull<OperationFault>(row.error),
    leftBehind: parsed<LeftBehind[]>(row.left_behind),
    result: parsedOrNull<OperationResult>(row.result),
  };
}

/** What changes while it runs. */
export function valuesOf(operation: Operation): Record<string, SqlValue> {
  const { error, result } = operation;
  return {
    state: operation.state,
    waiting_for: operation.waitingFor,
    waiting_since: operation.waitingSince?.getTime() ?? null,
    progress: operation.progress,
    memo: JSON.stringify(operation.memo),
    steps: JSON.stringify(operation.steps.map(storedStep)),
    undoing: operation.undoing,
    error: error === null ? null : JSON.stringify(error),
    left_behind: JSON.stringify(operation.leftBehind),
    result: result === null ? null : JSON.stringify(result),
    started_at: operation.startedAt?.getTime() ?? null,
    finished_at: operation.finishedAt?.getTime() ?? null,
  };
}
