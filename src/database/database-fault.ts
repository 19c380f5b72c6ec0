import { AppError } from '../common/app-error';

/** 503 with a `reason` for programs: the database cannot be read or written at present. */
export class DatabaseUnavailable extends AppError {
  constructor(reason: string, message: string, cause?: unknown) {
    super('unavailable', message, { reason }, { cause });
  }
}

type Fault = (cause: unknown) => AppError;

const AWAY: Fault = (cause) =>
  new DatabaseUnavailable('database_away', 'The database does not answer: try again soon', cause);
const LOCKED: Fault = (cause) =>
  new DatabaseUnavailable('database_locked', 'Others lock the database for too long: try again soon', cause);
const FULL: Fault = (cause) =>
  new DatabaseUnavailable('disk_full', "The database's disk is full: make room on it, then try again", cause);
const UNUSABLE: Fault = (cause) =>
  new DatabaseUnavailable('database_unusable', 'The database cannot be read or written; the log tells why', cause);
const CHANGED: Fault = (cause) =>
  new AppError(
    'conflict',
    'What this is about was changed or removed meanwhile: load it again',
    { reason: 'changed_meanwhile' },
    { cause },
  );

/**
 * By the codes of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html), of the network and of
 * SQLite (https://www.sqlite.org/rescode.html).
 */
const FAULTS: readonly [codes: RegExp, Fault][] = [
  [/^(08...|53300|57P0\d|ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/, AWAY],
  [/^(55P03|57014|40001|40P01|SQLITE_(BUSY|LOCKED).*)$/, LOCKED],
  [/^(53100|SQLITE_FULL)$/, FULL],
  [/^(53200|58...|25006|XX00[12]|SQLITE_(IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PROTOCOL).*)$/, UNUSABLE],
  [/^(23503|23505|SQLITE_CONSTRAINT_(FOREIGNKEY|UNIQUE|PRIMARYKEY))$/, CHANGED],
];
/** Of PostgreSQL's driver, which gives these no code. */
const AWAY_MESSAGES = /^Connection terminated|not queryable|^timeout exceeded when trying to connect/;

export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** That PostgreSQL did not answer at all (`query_timeout` of its driver): what it still may answer, nobody waits for. */
export const isSilence = (error: unknown): boolean => (error as Error | null)?.message === SILENCE;
const SILENCE = 'Query read timeout';

/** The same error, or, when the database cannot do what it was asked to, one that says so to the caller. */
export function databaseFault(error: unknown): Error {
  const isAway = isSilence(error) || AWAY_MESSAGES.test((error as Error | null)?.message ?? '');
  const fault = isAway ? AWAY : FAULTS.find(([codes]) => codes.test(codeOf(error)))?.[1];
  return fault?.(error) ?? (error as Error);
}
