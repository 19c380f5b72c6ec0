import type { EngineWords } from '../common/app-error';

/** `waiting` says for what; the last three are ends. */
export const OPERATION_STATES = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

/**
 * What an operation waits for: the person's next sign-in, an engine that does not answer, something locked there, what a guest
 * has to tell, or others that ask the same of somebody.
 */
export const WAITED_FOR = ['sign_in', 'engine', 'lock', 'guest', 'rate_limit'] as const;
export type WaitingFor = (typeof WAITED_FOR)[number];

export type StepState = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'undone';

export interface StepRecord {
  name: string;
  title: string;
  state: StepState;
  /** Per cent; null when nobody knows. */
  progress: number | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** When it is given up: what the step, or its undoing, does now takes no longer. Null while it is not its turn. */
  endsAt: Date | null;
  message: string | null;
}

export interface OperationFault {
  /** Machine-readable: the `reason` of errors. */
  code: string;
  message: string;
  /** Name of the step. */
  step: string;
  engine?: EngineWords;
}

/** Something that was made and not removed again. */
export interface LeftBehind {
  type: 'vm' | 'disk' | 'template' | 'transfer';
  id: string;
  name: string;
}

/** What a step wrote down for those after it, and for itself after a restart. Never a secret. */
export type Memo = Record<string, string | number | boolean | null | string[]>;
/** A text of a memo; empty where it has none. */
export function textIn(memo: Memo, name: string): string {
  const text = memo[name];
  return typeof text === 'string' ? text : '';
}

/** `type`, `id`, `name` and more. */
export type OperationResult = Record<string, string | number | boolean | null | string[]>;

/** Whoever began it: what they may do now decides, not what they might then. */
export interface ActsAs {
  by: 'session' | 'access_key' | 'service_account';
  userId: number | null;
  accessKeyId: number | null;
}

/** What takes longer than a request. One row; everything in it survives the process. */
export interface Operation {
  /** UUID, the Correlation-Id of all its writes to an engine. */
  id: string;
  /** `noun.verb`, such as `vm.launch`. */
  kind: string;
  title: string;
  state: OperationState;
  waitingFor: WaitingFor | null;
  waitingSince: Date | null;
  progress: number | null;
  actsAs: ActsAs;
  /** Login of the person at the beginning. */
  login: string;
  computeResource: { id: number | null; name: string } | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  steps: StepRecord[];
  /** Whether what was made is being removed, after `error` or on `cancelRequested`. */
  undoing: boolean;
  cancelRequested: boolean;
  memo: Memo;
  error: OperationFault | null;
  leftBehind: LeftBehind[];
  result: OperationResult | null;
}
