import { AppError, type ErrorCode } from '../common/app-error';

interface Fault {
  code: ErrorCode;
  /** For programs, in the answer's `reason`. */
  reason: string;
  message: string;
}

const AWAY: Fault = {
  code: 'unavailable',
  reason: 'database_away',
  message: 'The database does not answer: try again soon',
};
const LOCKED: Fault = {
  code: 'unavailable',
  reason: 'database_locked',
  message: 'The database is locked by others for too long: try again soon',
};
const FULL: Fault = {
  code: 'unavailable',
  reason: 'disk_full',
  message: "The database's disk is full: make room on it, then try again",
};
const UNUSABLE: Fault = {
  code: 'unavailable',
  reason: 'database_unusable',
  message: 'The database cannot be read or written; the log tells why',
};
const GONE: Fault = {
  code: 'conflict',
  reason: 'changed_meanwhile',
  message: 'What this is about was changed or removed meanwhile: load it again',
};

/**
 * By the codes of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html), of the network and of
 * SQLite (https://www.sqlite.org/rescode.html).
 */
const FAULTS: readonly [codes: RegExp, Fault][] = [
  [/^(08...|53300|57P0\d|ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/, AWAY],
  [/^(55P03|57014|40001|40P01|SQLITE_(BUSY|LOCKED).*)$/, LOCKED],
  [/^(53100|SQLITE_FULL)$/, FULL],
  [/^(53200|58...|25006|XX00\d|SQLITE_(IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PROTOCOL).*)$/, UNUSABLE],
  [/^(23503|23505|SQLITE_CONSTRAINT_(FOREIGNKEY|UNIQUE|PRIMARYKEY))$/, GONE],
];
/** Of PostgreSQL's driver, which gives these no code. */
const AWAY_MESSAGES = /^Connection terminated|not queryable|^timeout exceeded when trying to connect/;

/** The same error, or, when the database cannot do what it was asked to, one that says so to the caller. */
export function databaseFault(error: unknown): unknown {
  const { code = '', message = '' } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const fault = AWAY_MESSAGES.test(message) ? AWAY : FAULTS.find(([codes]) => codes.test(code))?.[1];
  return fault === undefined
    ? error
    : new AppError(fault.code, fault.message, { reason: fault.reason }, { cause: error });
}
