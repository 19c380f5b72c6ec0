import { Catch, HttpException, Inject, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError, type ErrorCode, type ErrorDetails } from '../common/app-error';
import { BadJson } from '../common/json-reader';
import { STATUS } from './error-status';
import { errorPage } from './error.view';
import { fullMessages } from './humanized';
import { ownPath } from './own-path';
import type { LinkView } from './page-links';
import { sendJson } from './send-json';
import { Urls } from './urls';
import { isApi, isBrowser, wantsJson } from './wants-json';

interface Failure {
  code: ErrorCode | 'internal';
  status: number;
  message: string;
  details: ErrorDetails;
  /** Set when the caller's JSON could not be read: Foreman answers that in a shape of its own. */
  badJson?: boolean;
}

/** Turns every error into a page or JSON with the request's id. What nobody foresaw is a 500 that tells nothing. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  constructor(@Inject(Urls) private readonly urls: Urls) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const failure = failureOf(error, request);
    if (failure.status >= 500) this.log(error, request, failure);
    if (response.headersSent) return void response.end();
    response.status(failure.status);
    response.vary('Accept, Cookie');
    response.setHeader('Cache-Control', 'no-store');
    if (failure.details.retryAfterSeconds !== undefined)
      response.setHeader('Retry-After', failure.details.retryAfterSeconds);
    if (failure.status === 401 && !isBrowser(request))
      response.setHeader('WWW-Authenticate', 'Basic realm="foreman-ovirt", charset="UTF-8"');
    if (wantsJson(request)) sendJson(response, JSON.stringify(toJson(failure, request)));
    else if (failure.code === 'not_signed_in' && request.framable !== true && request.method === 'GET')
      response.redirect(302, this.loginUrl(request));
    else this.page(request, response, failure);
  }

  /** What the caller may try again in a moment calls for nobody. */
  private log(error: unknown, request: Request, { message, details }: Failure): void {
    const what = `${request.method} ${request.path} failed`;
    if (details.retryAfterSeconds === undefined) this.logger.error({ err: error, requestId: requestId(request) }, what);
    else this.logger.warn({ requestId: requestId(request) }, `${what}: ${message}`);
  }

  private loginUrl(request: Request): string {
    return this.urls.url(`/users/login?original_uri=${encodeURIComponent(this.ownUrl(request) ?? '')}`);
  }

  /** The address that was asked for, unless it would lead elsewhere (`//evil.example/x`). */
  private ownUrl({ originalUrl }: Request): string | undefined {
    return ownPath(originalUrl, this.urls.url('')) ?? undefined;
  }

  private page(request: Request, response: Response, { badJson: _, ...failure }: Failure): void {
    const page = errorPage({
      ...failure,
      requestId: requestId(request),
      retryUrl: request.method === 'GET' ? this.ownUrl(request) : undefined,
      links: this.waysOn(request, failure),
    });
    const plain = { layout: 'layouts/plain', homeUrl: this.urls.url('/hosts'), navigation: [] };
    response.type('html').render('errors/error', request.framable === true ? page : { ...page, ...plain });
  }

  /** The login form refuses frames, so it is offered outside of them alone. */
  private waysOn(request: Request, { code, status }: Failure): LinkView[] {
    if (status === 404) return [{ label: 'All hosts', href: this.urls.url('/hosts') }];
    const framed = !['document', undefined].includes(request.get('sec-fetch-dest'));
    return code === 'not_signed_in' && !framed ? [{ label: 'Sign in', href: this.loginUrl(request) }] : [];
  }
}

/** Of the logger; also in the answer's X-Request-Id. */
function requestId({ id }: Request): string {
  return typeof id === 'string' ? id : '';
}

const BY_STATUS = new Map<number, ErrorCode>(
  Object.entries(STATUS)
    .map(([code, status]) => [status, code as ErrorCode] as const)
    .reverse(),
);

function failure(status: number, message: string, more: Partial<Failure> = {}): Failure {
  return {
    code: BY_STATUS.get(status) ?? (status < 500 ? 'bad_request' : 'internal'),
    status,
    message,
    details: {},
    ...more,
  };
}

function failureOf(error: unknown, request: Request): Failure {
  if (error instanceof AppError)
    return { code: error.code, status: STATUS[error.code], message: error.message, details: error.details };
  if (error instanceof BadJson) return failure(400, error.message, { badJson: true });
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return failure(status, status === 404 ? `There is no page ${request.originalUrl.split('?')[0]}` : error.message);
  }
  return expressFailure(error) ?? failure(500, 'Something went wrong on our side; the log has the details');
}

/** Faults of forms and files carry a status and a type (npm: http-errors, body-parser). */
function expressFailure(error: unknown): Failure | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number' || error.status >= 500)
    return null;
  const isTooLarge = 'type' in error && error.type === 'entity.too.large';
  return failure(error.status, isTooLarge ? 'The form is too large' : error.message);
}

/**
 * Foreman's error bodies, under `error` and always with `full_messages`, which oVirt reads. Foreman answers a body that
 * is no JSON before its API sees it: `error` is the message itself there, and the rest stands beside it.
 */
function toJson({ code, status, message, details, badJson }: Failure, request: Request): unknown {
  if (badJson === true) {
    const text = `There was a problem in the JSON you submitted: ${message}`;
    return { status, error: text, full_messages: [text], request_id: requestId(request) };
  }
  const { fields, missingPermissions, position, reason } = details;
  const error: Record<string, unknown> = { message, full_messages: [message] };
  if (fields !== undefined) {
    error.id = null;
    error.errors = fields;
    error.full_messages = fullMessages(fields);
  }
  if (status === 403 && missingPermissions !== undefined) {
    error.details = `Missing one of the required permissions: ${missingPermissions.join(', ')}`;
    error.missing_permissions = missingPermissions;
  }
  if (position !== undefined) error.position = position;
  if (reason !== undefined) error.reason = reason;
  if (code === 'search_syntax' && isApi(request)) error.class = 'ScopedSearch::QueryNotSupported';
  if (request.jsonpCallback !== undefined) error.status = status;
  error.request_id = requestId(request);
  return { error };
}
