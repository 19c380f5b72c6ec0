import { z } from 'zod';
import type { OperationKind, Step } from './operation-kind';
import type { Operation, StepRecord } from './operation';
import {
  cancelled,
  isCancellable,
  isOverNow,
  isOverdue,
  stepBegins,
  stepFailed,
  stepFound,
  turnOf,
} from './operation-turn';

const NOW = new Date('2026-01-01T00:00:00Z');
const LATER = new Date('2026-01-01T00:01:00Z');
const FAULT = { code: 'conflict', message: 'Taken' };

const step = (name: string, more: Partial<Step<unknown>> = {}): Step<unknown> => ({
  name,
  title: name,
  cancellable: true,
  run: () => Promise.reject(new Error()),
  ...more,
});
const undo = () => Promise.reject(new Error());
const kind: OperationKind = {
  kind: 'toy',
  input: z.unknown(),
  steps: [step('make', { undo }), step('start'), step('wait', { cancellable: false })],
};

function operationOf(...states: StepRecord['state'][]): Operation {
  const steps = states.map((state, n): StepRecord => ({
    name: kind.steps[n]?.name ?? '',
    title: '',
    state,
    progress: state === 'succeeded' ? 100 : null,
    startedAt: null,
    finishedAt: null,
    endsAt: null,
    message: null,
  }));
  return {
    id: 'a',
    kind: 'toy',
    title: 'Toy',
    state: 'queued',
    waitingFor: null,
    waitingSince: null,
    progress: null,
    actsAs: { by: 'session', userId: 1, accessKeyId: null },
    login: 'mara',
    computeResource: null,
    createdAt: NOW,
    startedAt: null,
    finishedAt: null,
    steps,
    undoing: false,
    cancelRequested: false,
    memo: {},
    error: null,
    leftBehind: [],
    result: null,
  };
}

function turn(operation: Operation) {
  const found = turnOf(operation, kind);
  if (found === null) throw new Error('There is nothing to be done');
  return found;
}
const next = (operation: Operation) => {
  const found = turnOf(operation, kind);
  return found && `${found.way} ${found.step.name}`;
};

describe('turnOf', () => {
  it('goes on with the first step that has not succeeded', () => {
    expect(next(operationOf('queued', 'queued', 'queued'))).toBe('run make');
    expect(next(operationOf('succeeded', 'waiting', 'queued'))).toBe('run start');
    expect(next(operationOf('succeeded', 'succeeded', 'succeeded'))).toBeNull();
    expect(next(operationOf('succeeded'))).toBeNull(); // the others were not wanted
  });

  it('goes back over what was begun and can be undone, and has nothing to do where what was made is kept', () => {
    const failed = operationOf('succeeded', 'failed', 'queued');
    expect(next(Object.assign(failed, { undoing: true, error: { ...FAULT, step: 'start' } }))).toBe('undo make');
    expect(next(Object.assign(operationOf('undone', 'failed', 'queued'), { undoing: true }))).toBeNull();
    expect(next(Object.assign(operationOf('queued', 'queued', 'queued'), { undoing: true }))).toBeNull();
    expect(next(Object.assign(failed, { undoing: false }))).toBeNull();
  });
});

describe('what a step found', () => {
  it('is written down with its times, and all steps count alike', () => {
    const operation = operationOf('queued', 'queued', 'queued');
    stepBegins(operation, turn(operation), NOW);
    expect(operation).toMatchObject({ state: 'running', startedAt: NOW });
    stepFound(operation, turn(operation), { is: 'waiting', for: null, againMs: 1, progress: 30 }, NOW);
    expect(operation).toMatchObject({ progress: 10, steps: [{ state: 'running', startedAt: NOW }, {}, {}] });
    stepFound(operation, turn(operation), { is: 'done', memo: { vmId: 'v' } }, LATER);
    expect(operation).toMatchObject({
      progress: 33,
      memo: { vmId: 'v' },
      steps: [{ state: 'succeeded', progress: 100, finishedAt: LATER }, {}, {}],
    });
  });

  it('tells since when it waits for the same', () => {
    const operation = operationOf('queued', 'queued', 'queued');
    stepFound(operation, turn(operation), { is: 'waiting', for: 'lock', againMs: 1, message: 'Locked' }, NOW);
    stepFound(operation, turn(operation), { is: 'waiting', for: 'lock', againMs: 1 }, LATER);
    expect(operation).toMatchObject({ state: 'waiting', waitingFor: 'lock', waitingSince: NOW });
    stepFound(operation, turn(operation), { is: 'waiting', for: 'engine', againMs: 1 }, LATER);
    expect(operation).toMatchObject({ waitingFor: 'engine', waitingSince: LATER });
    stepFound(operation, turn(operation), { is: 'waiting', for: null, againMs: 1 }, LATER);
    expect(operation).toMatchObject({ state: 'running', waitingFor: null, waitingSince: null });
  });
});

describe('an end', () => {
  it('is failed after a fault, whatever undoing came to', () => {
    const operation = operationOf('succeeded', 'running', 'queued');
    stepFailed(operation, turn(operation), FAULT, { now: NOW, willUndo: true });
    expect(operation).toMatchObject({ undoing: true, error: { ...FAULT, step: 'start' } });
    stepFailed(operation, turn(operation), { code: 'forbidden', message: 'No' }, { now: NOW, willUndo: true });
    expect(operation).toMatchObject({
      error: { message: 'Taken' },
      steps: [{ state: 'undone', message: 'No' }, {}, {}],
    });
    expect(next(operation)).toBeNull();
    isOverNow(operation, LATER);
    expect(operation).toMatchObject({ state: 'failed', finishedAt: LATER });
  });

  it('is cancelled where that was wanted, which is not asked for twice nor when it is too late', () => {
    const operation = operationOf('succeeded', 'waiting', 'queued');
    expect(isCancellable(operation, kind)).toBe(true);
    expect(isCancellable(operationOf('succeeded', 'succeeded', 'running'), kind)).toBe(false);
    expect(isCancellable({ ...operation, cancelRequested: true }, kind)).toBe(false);
    cancelled(operation, turn(operation), NOW);
    expect([operation.steps[1]?.state, next(operation)]).toEqual(['cancelled', 'undo make']);
    expect(isCancellable(operation, kind)).toBe(false);
    stepFound(operation, turn(operation), { is: 'done' }, LATER);
    isOverNow(operation, LATER);
    expect(operation).toMatchObject({ state: 'cancelled', error: null });
  });

  it('is success with all of it done', () => {
    const operation = operationOf('succeeded', 'succeeded', 'succeeded');
    isOverNow(operation, LATER);
    expect(operation).toMatchObject({ state: 'succeeded', progress: 100 });
  });
});

describe('a step that does not end', () => {
  const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
  const waits = (waitingFor: Operation['waitingFor']) => ({ is: 'waiting', for: waitingFor, againMs: 1 }) as const;

  it('is overdue after an hour, of which nothing is time that it waited for a person', () => {
    const operation = operationOf('queued', 'queued', 'queued');
    stepBegins(operation, turn(operation), at(0));
    stepFound(operation, turn(operation), waits(null), at(1));
    expect([59, 61].map((minutes) => isOverdue(operation, turn(operation), at(minutes)))).toEqual([false, true]);
    stepFound(operation, turn(operation), waits('sign_in'), at(30));
    expect(isOverdue(operation, turn(operation), at(900))).toBe(false);
    stepFound(operation, turn(operation), waits(null), at(1_030));
    expect([1_059, 1_061].map((minutes) => isOverdue(operation, turn(operation), at(minutes)))).toEqual([false, true]);
  });

  it('is overdue after half an hour of its undoing', () => {
    const operation = operationOf('queued', 'queued', 'queued');
    stepBegins(operation, turn(operation), at(0));
    cancelled(operation, turn(operation), at(50));
    stepBegins(operation, turn(operation), at(50));
    stepFound(operation, turn(operation), waits(null), at(51));
    expect([79, 81].map((minutes) => isOverdue(operation, turn(operation), at(minutes)))).toEqual([false, true]);
  });
});
