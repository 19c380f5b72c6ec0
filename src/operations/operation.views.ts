import type { Page } from '../common/paging';
import { pagesView, timeView, type PagesView, type TimeView } from '../view-kit';
import type { Operation, StepRecord, WaitingFor } from './operation';

interface Urls {
  url(path: string): string;
}

const WAITS: Record<WaitingFor, string> = {
  sign_in: 'Waiting for the next sign-in',
  engine: 'Waiting for the engine',
  lock: 'Waiting for a lock',
  guest: 'Waiting for the guest',
  rate_limit: 'Waiting for its turn',
};

const TONES = {
  queued: 'none',
  running: 'info',
  waiting: 'warning',
  succeeded: 'ok',
  failed: 'error',
  cancelled: 'none',
} as const;
const MARKS: Record<StepRecord['state'], string> = {
  queued: 'pending',
  running: 'running',
  waiting: 'waiting',
  succeeded: 'ok',
  failed: 'error',
  cancelled: 'cancelled',
  undone: 'undone',
};
const WORDS: Record<StepRecord['state'], string> = {
  queued: 'not yet begun',
  running: 'running',
  waiting: 'waiting',
  succeeded: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  undone: 'undone',
};

interface StepView {
  title: string;
  mark: string;
  word: string;
  message: string | null;
  took: string | null;
  progress: number | null;
}

/** For the partial `operation-panel`. */
export interface OperationPanel {
  id: string;
  title: string;
  status: { text: string; tone: string };
  steps: StepView[];
  /** Per cent; without it the bar only shows that something goes on. */
  progress: number | null;
  isOver: boolean;
  /** Whether the bar is shown. */
  moves: boolean;
  error: { message: string; detail: string | null } | null;
  leftBehind: string[];
  result: { label: string; text: string }[];
  cancelUrl: string | null;
}

const capitalised = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

function statusOf({ state, waitingFor, undoing, cancelRequested }: Operation): OperationPanel['status'] {
  const tone = TONES[state];
  if (state === 'waiting' && waitingFor !== null) return { text: WAITS[waitingFor], tone };
  if (undoing && state === 'running')
    return { text: cancelRequested ? 'Being cancelled' : 'Being undone', tone: 'warning' };
  return { text: capitalised(state), tone };
}

function tookOf({ startedAt, finishedAt }: StepRecord): string | null {
  if (startedAt === null || finishedAt === null) return null;
  const seconds = Math.round((finishedAt.getTime() - startedAt.getTime()) / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** What became of it, for people: `left_behind` and `result` by what they are. */
export function operationPanel(operation: Operation, cancellable: boolean, urls: Urls): OperationPanel {
  const { id, title, steps, progress, finishedAt, error, leftBehind, result } = operation;
  return {
    id,
    title,
    status: statusOf(operation),
    steps: steps.map((step) => ({
      title: step.title,
      mark: MARKS[step.state],
      word: WORDS[step.state],
      message: step.message,
      took: tookOf(step),
      progress: step.state === 'running' ? step.progress : null,
    })),
    progress,
    isOver: finishedAt !== null,
    moves: finishedAt === null && operation.waitingFor !== 'sign_in',
    error:
      error === null
        ? null
        : {
            message: error.message,
            detail: error.engine?.detail ? `The engine said: ${error.engine.detail}` : null,
          },
    leftBehind: leftBehind.map(({ type, name }) => `${capitalised(type === 'vm' ? 'virtual machine' : type)} ${name}`),
    result: finishedAt === null ? [] : resultLines(result ?? {}),
    cancelUrl: cancellable ? urls.url(`/operations/${id}/cancel`) : null,
  };
}

const LABELS: Record<string, string> = { name: 'Name', addresses: 'Addresses', urls: 'Addresses of services' };

function resultLines(result: NonNullable<Operation['result']>): OperationPanel['result'] {
  return Object.entries(LABELS).flatMap(([key, label]) => {
    const value = result[key];
    const text = Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(', ') : value;
    return typeof text === 'string' && text !== '' ? [{ label, text }] : [];
  });
}

interface OperationRowView {
  title: string;
  href: string;
  status: OperationPanel['status'];
  user: string;
  computeResource: string;
  at: TimeView;
}

/** Locals of operations/index.hbs. */
export interface OperationListView {
  count: string;
  rows: OperationRowView[];
  pages?: PagesView;
  refreshSeconds?: number;
}

export function operationList(
  found: Page<Operation>,
  { urls, now, address }: { urls: Urls; now: Date; address: (page: number) => string },
): OperationListView {
  const { total, subtotal, rows } = found;
  return {
    count: subtotal === total ? `${total} in all` : `${subtotal} of ${total}`,
    rows: rows.map((operation) => ({
      title: operation.title,
      href: urls.url(`/operations/${operation.id}`),
      status: statusOf(operation),
      user: operation.login,
      computeResource: operation.computeResource?.name ?? '',
      at: timeView(operation.createdAt, now, 'relative'),
    })),
    pages: pagesView(found, address),
    refreshSeconds: rows.some(({ finishedAt }) => finishedAt === null) ? 3 : 30,
  };
}
