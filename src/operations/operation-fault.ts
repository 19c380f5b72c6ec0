import { AppError, type ErrorCode } from '../common/app-error';
import { EngineError, retryOf } from '../engine';
import type { OperationFault, WaitingFor } from './operation';

/** The operation has failed, and what it made stays: it is named in `left_behind`. */
export class FailedAndKept extends AppError {
  constructor(code: ErrorCode, reason: string, message: string) {
    super(code, message, { reason });
  }
}

/** Nobody whose rights it has is signed in. */
export class NobodySignedIn extends Error {}

/** What an error in a step means: ask again later, or this is how it ends. */
export type Meaning = { waitFor: WaitingFor; againMs: number } | { fault: Omit<OperationFault, 'step'>; keep: boolean };

const FIRST_MS = 1_000;
const MOST_MS = 60_000;
const HOUR_MS = 3_600_000;
/** So long something may stand in the way before that is how it ends. */
const PATIENCE_MS: Record<WaitingFor, number> = {
  sign_in: 7 * 24 * HOUR_MS,
  engine: 24 * HOUR_MS,
  lock: HOUR_MS / 6,
  guest: 24 * HOUR_MS,
  rate_limit: HOUR_MS,
};

/** A person has to make room, or another host: an hour's waiting is no answer to them. */
const NO_HOST = /there are no hosts to use|no host that satisfies/i;

/**
 * @param waited for what it waits already, and how long: longer waits are asked for less often, and none lasts for ever
 */
export function meaningOf(
  error: unknown,
  waited: { for: WaitingFor | null; ms: number },
  engineWords: (error: EngineError) => AppError,
): Meaning {
  const obstacle = obstacleIn(error);
  if (obstacle !== null) {
    const ms = waited.for === obstacle ? waited.ms : 0;
    if (ms < PATIENCE_MS[obstacle]) return { waitFor: obstacle, againMs: pauseAfter(ms, obstacle) };
  }
  const told = error instanceof EngineError ? engineWords(error) : error;
  return { fault: faultOf(told, obstacle), keep: error instanceof FailedAndKept };
}

function obstacleIn(error: unknown): WaitingFor | null {
  if (error instanceof NobodySignedIn) return 'sign_in';
  if (error instanceof AppError && error.code === 'unavailable') return 'engine';
  if (error instanceof AppError && error.code === 'too_many_requests') return 'rate_limit';
  if (!(error instanceof EngineError)) return null;
  if (isSomethingElse(error)) return 'engine';
  if (retryOf(error) !== 'later' || NO_HOST.test(error.details.detail ?? '')) return null;
  return error.details.status === undefined || error.kind === 'unavailable' ? 'engine' : 'lock';
}

/** What answers is not the engine, or not in its senses; a write that it could not carry out is an end all the same. */
function isSomethingElse({ kind, details }: EngineError): boolean {
  return ['not_an_engine', 'too_large', 'redirect'].includes(kind) || (kind === 'fault' && details.write !== true);
}

/** Half of what was waited already, from a second to a minute; a person's sign-in tells of itself. */
function pauseAfter(ms: number, obstacle: WaitingFor): number {
  return Math.min(Math.max(FIRST_MS, ms / 2), obstacle === 'sign_in' ? 10 * MOST_MS : MOST_MS);
}

const NEVER_SIGNED_IN = 'Nobody signed in for a week who could have gone on with it';
const UNFORESEEN = 'Something unforeseen went wrong; the log of the service says what';

function faultOf(error: unknown, obstacle: WaitingFor | null): Omit<OperationFault, 'step'> {
  if (obstacle === 'sign_in') return { code: 'never_signed_in', message: NEVER_SIGNED_IN };
  if (!(error instanceof AppError)) return { code: 'unforeseen', message: UNFORESEEN };
  const { details, code, message } = error;
  const engine = details.engine;
  return { code: details.reason ?? code, message, ...(engine !== undefined && { engine }) };
}

const FORESEEN = [AppError, EngineError, NobodySignedIn];

/** Whether nobody foresaw it: then it belongs into the log. */
export const isUnforeseen = (error: unknown): boolean => !FORESEEN.some((kind) => error instanceof kind);
