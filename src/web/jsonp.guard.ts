import {
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AppError } from '../common/app-error';
import { AllowedOrigins } from './origins/allowed-origins';
import { requestSource } from './origins/request-origin';
import { WEB_CONFIG, type WebConfig } from './web-config';

const JSONP = 'foreman-ovirt:jsonp';

/** The route answers script tags (`?callback=name`) of allowed origins, where JSONP_ENABLED. */
export const Jsonp = (): CustomDecorator => SetMetadata(JSONP, true);

declare module 'express-serve-static-core' {
  interface Request {
    /** The function to be called with the answer; set once such a call was found permitted. */
    jsonpCallback?: string;
  }
}

const CALLBACK = /^[A-Za-z_$][\w$.]{0,127}$/;

/**
 * Decides whether a request is answered as a script. Script tags send the reader's cookie from whatever page they stand
 * in, so a page must be one of ours or of an allowed origin, and the browser must say so. Everywhere else `callback`
 * means nothing.
 */
@Injectable()
export class JsonpGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly origins: AllowedOrigins,
    @Inject(WEB_CONFIG) private readonly config: WebConfig,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!this.config.jsonpEnabled || !this.reflector.get<boolean | undefined>(JSONP, context.getHandler())) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const { callback } = request.query;
    if (callback === undefined || request.method !== 'GET') return true;
    if (typeof callback !== 'string' || !CALLBACK.test(callback))
      throw new AppError('bad_request', 'callback is not the name of a function: expected letters, digits, _, $ and .');
    if (request.headers.authorization !== undefined)
      throw new AppError(
        'forbidden',
        'Answers with a callback are given to browser sessions alone: leave Authorization out',
      );
    if (!(await this.isPermitted(request)))
      throw new AppError(
        'forbidden',
        'Answers with a callback are not given to pages of this origin: see CORS_ORIGINS',
        {
          reason: 'foreign_origin',
        },
      );
    request.jsonpCallback = callback;
    return true;
  }

  private async isPermitted(request: Request): Promise<boolean> {
    const source = requestSource(request, this.config);
    if (source.kind !== 'other') return source.kind === 'own';
    return source.origin !== null && this.origins.has(source.origin);
  }
}
