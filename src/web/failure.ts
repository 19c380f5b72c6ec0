import { HttpException } from '@nestjs/common';
import type { Request } from 'express';
import { AppError, type ErrorCode, type ErrorDetails } from '../common/app-error';
import { BadJson } from '../common/json-reader';
import { STATUS } from './error-status';

/** What went wrong with a request, as a protocol tells it. */
export interface Failure {
  code: ErrorCode | 'internal';
  /** Of HTTP. */
  status: number;
  /** Names the cause and the remedy. */
  message: string;
  details: ErrorDetails;
  /** Of the logger; also in the answer's X-Request-Id. */
  requestId: string;
  /** Set when the caller's JSON could not be read. */
  badJson?: boolean;
}

type Told = Omit<Failure, 'requestId'>;

const BY_STATUS = new Map<number, ErrorCode>(
  Object.entries(STATUS)
    .map(([code, status]) => [status, code as ErrorCode] as const)
    .reverse(),
);

/** Of any error. What nobody foresaw is a 500 that tells nothing. */
export function failureOf(error: unknown, request: Request): Failure {
  const { id } = request;
  return { ...told(error, request), requestId: typeof id === 'string' ? id : '' };
}

function told(error: unknown, request: Request): Told {
  if (error instanceof AppError)
    return { code: error.code, status: STATUS[error.code], message: error.message, details: error.details };
  if (error instanceof BadJson) return ofStatus(400, error.message, { badJson: true });
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return ofStatus(status, status === 404 ? `There is no page ${request.originalUrl.split('?')[0]}` : error.message);
  }
  return ofExpress(error) ?? ofStatus(500, 'Something went wrong on our side; the log has the details');
}

function ofStatus(status: number, message: string, more: Partial<Told> = {}): Told {
  return {
    code: BY_STATUS.get(status) ?? (status < 500 ? 'bad_request' : 'internal'),
    status,
    message,
    details: {},
    ...more,
  };
}

/** Faults of forms and files carry a status and a type (npm: http-errors, body-parser). */
function ofExpress(error: unknown): Told | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number' || error.status >= 500)
    return null;
  const isTooLarge = 'type' in error && error.type === 'entity.too.large';
  return ofStatus(error.status, isTooLarge ? 'The form is too large' : error.message);
}
