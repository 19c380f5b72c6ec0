import type { OperationKind, Step, StepResult } from './operation-kind';
import type { Operation, OperationFault, StepRecord } from './operation';

/** What is to be done next: a step forward, one back, or nothing any more. */
export type Turn = { step: Step<unknown>; record: StepRecord; way: 'run' | 'undo' } | null;

/** How long a step may take that says nothing else, and its undoing. */
const STEP_MS = 3_600_000;
const UNDO_MS = STEP_MS / 2;
/** These end by themselves (operation-fault.ts), and are no time of the step's. */
const HELD_UP: readonly (Operation['waitingFor'] | undefined)[] = ['sign_in', 'engine', 'rate_limit'];

const BEGUN: StepRecord['state'][] = ['running', 'waiting', 'succeeded', 'failed', 'cancelled'];

export function turnOf(operation: Operation, { steps }: OperationKind): Turn {
  const turns = steps.flatMap((step) => {
    const record = operation.steps.find(({ name }) => name === step.name);
    return record === undefined ? [] : [{ step, record }];
  });
  if (!operation.undoing) {
    if (operation.error !== null) return null; // what was made is kept
    const next = turns.find(({ record }) => record.state !== 'succeeded');
    return next === undefined ? null : { ...next, way: 'run' };
  }
  const last = turns.findLast(({ step, record }) => step.undo !== undefined && BEGUN.includes(record.state));
  return last === undefined ? null : { ...last, way: 'undo' };
}

/** Whether it can be cancelled now. */
export function isCancellable(operation: Operation, kind: OperationKind): boolean {
  if (operation.finishedAt !== null || operation.undoing || operation.cancelRequested) return false;
  return turnOf(operation, kind)?.step.cancellable ?? false;
}

export function stepBegins(operation: Operation, { step, record, way }: NonNullable<Turn>, now: Date): void {
  record.endsAt ??= new Date(now.getTime() + (way === 'run' ? (step.withinMs ?? STEP_MS) : UNDO_MS));
  record.startedAt ??= now;
  operation.startedAt ??= now;
  if (operation.state === 'queued') operation.state = 'running';
  if (record.state === 'queued') record.state = 'running';
}

/** Whether what it does has taken too long: then it fails. */
export function isOverdue({ waitingFor }: Operation, { record }: NonNullable<Turn>, now: Date): boolean {
  return record.endsAt !== null && now > record.endsAt && !HELD_UP.includes(waitingFor);
}

export function stepFound(
  operation: Operation,
  { record, way }: NonNullable<Turn>,
  result: StepResult,
  now: Date,
): void {
  Object.assign(operation.memo, result.memo);
  record.message = result.message ?? null;
  if (result.is === 'done') {
    record.state = way === 'run' ? 'succeeded' : 'undone';
    record.progress = way === 'run' ? 100 : null;
    record.finishedAt = now;
    record.endsAt = null;
    if (way === 'run' && result.result !== undefined) operation.result = result.result;
    waits(operation, record, null, now);
  } else {
    if (way === 'run') record.state = result.for === null ? 'running' : 'waiting';
    record.progress = way === 'run' ? (result.progress ?? null) : null;
    waits(operation, record, result.for, now);
  }
  operation.progress = progressOf(operation);
}

/** @param willUndo whether what was made is removed again */
export function stepFailed(
  operation: Operation,
  { record, way }: NonNullable<Turn>,
  fault: Omit<OperationFault, 'step'>,
  { now, willUndo }: { now: Date; willUndo: boolean },
): void {
  record.message = fault.message;
  record.finishedAt = now;
  record.endsAt = null;
  waits(operation, record, null, now);
  if (way === 'undo') {
    record.state = 'undone'; // as far as it went: the rest is told as left behind
    return;
  }
  record.state = 'failed';
  operation.error = { ...fault, step: record.name };
  operation.undoing = willUndo;
}

export function cancelled(operation: Operation, { record }: NonNullable<Turn>, now: Date): void {
  record.state = 'cancelled';
  record.finishedAt = now;
  record.endsAt = null;
  waits(operation, record, null, now);
  operation.undoing = true;
}

export function isOverNow(operation: Operation, now: Date): void {
  operation.state = operation.error !== null ? 'failed' : operation.undoing ? 'cancelled' : 'succeeded';
  operation.waitingFor = null;
  operation.waitingSince = null;
  operation.finishedAt = now;
  if (operation.state === 'succeeded') operation.progress = 100;
}

function waits(operation: Operation, record: StepRecord, waitingFor: Operation['waitingFor'], now: Date): void {
  operation.state = waitingFor === null ? 'running' : 'waiting';
  if (operation.waitingFor === waitingFor) return;
  if (record.endsAt !== null && operation.waitingSince !== null && HELD_UP.includes(operation.waitingFor))
    record.endsAt = new Date(record.endsAt.getTime() + now.getTime() - operation.waitingSince.getTime());
  operation.waitingFor = waitingFor;
  operation.waitingSince = waitingFor === null ? null : now;
}

/** All steps count alike; null while nothing is done. */
function progressOf({ steps, undoing, progress }: Operation): number | null {
  if (undoing) return progress;
  const done = steps.reduce((sum, { state, progress: own }) => sum + (state === 'succeeded' ? 100 : (own ?? 0)), 0);
  return done === 0 ? null : Math.floor(done / steps.length);
}
