import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { failureOf, type Failure } from './failure';
import { Protocols } from './protocol';

/** Tells every error as the request's protocol does. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  constructor(private readonly protocols: Protocols) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const failure = failureOf(error, request);
    if (failure.status >= 500) this.log(error, request, failure);
    if (response.headersSent) return void response.destroy(); // an end would make half an answer look whole
    response.status(failure.status);
    response.vary('Accept, Cookie');
    response.setHeader('Cache-Control', 'no-store');
    if (failure.details.retryAfterSeconds !== undefined)
      response.setHeader('Retry-After', failure.details.retryAfterSeconds);
    this.protocols.tellerOf(request).sendError(response, failure);
  }

  /** What the caller may try again in a moment calls for nobody. */
  private log(error: unknown, request: Request, { message, details, requestId }: Failure): void {
    const what = `${request.method} ${request.path} failed`;
    if (details.retryAfterSeconds === undefined) this.logger.error({ err: error, requestId }, what);
    else this.logger.warn({ requestId }, `${what}: ${message}`);
  }
}
