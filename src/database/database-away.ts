import { AppError } from '../common/app-error';

/** Of PostgreSQL: lost connections, too many of them, shutting down or starting. Of the network: no way to it. */
const CODES = /^(08...|53300|57P0[1-3]|ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;
/** Of the driver, which gives these no code. */
const MESSAGES = /^Connection terminated|not queryable|^timeout exceeded when trying to connect/;

/** The same error, or, when PostgreSQL cannot be asked at all, one that says so to the caller. */
export function orUnavailable(error: unknown): unknown {
  const { code, message = '' } = error as Partial<NodeJS.ErrnoException>;
  if (!CODES.test(code ?? '') && !MESSAGES.test(message)) return error;
  return new AppError('unavailable', 'The database does not answer: try again soon', {}, { cause: error });
}
