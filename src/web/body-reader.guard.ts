import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { json, urlencoded, type Request, type RequestHandler, type Response } from 'express';
import { AppError } from '../common/app-error';
import { isApi } from './wants-json';
import { WEB_CONFIG, type WebConfig } from './web-config';

const FORM_LIMIT = '256kb';

/**
 * Reads request bodies after the guard, so that nobody makes us read a body who may not send one.
 * JSON (gzip too; little of it from who is not signed in), and forms outside the API; all else is refused. It is a guard
 * because guards run in order and are cheap.
 */
@Injectable()
export class BodyReader implements CanActivate {
  private readonly json: RequestHandler;
  private readonly smallJson = json({ limit: FORM_LIMIT, type: () => true });
  private readonly form = urlencoded({ extended: true, limit: FORM_LIMIT });

  constructor(@Inject(WEB_CONFIG) { maxBodyBytes }: WebConfig) {
    this.json = json({ limit: maxBodyBytes, type: () => true });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method)) await this.read(request, http.getResponse<Response>());
    return true;
  }

  private read(request: Request, response: Response): Promise<void> {
    const isForm = !isApi(request) && request.is('application/x-www-form-urlencoded') !== false;
    const hasBody =
      request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
    if (!isForm && request.is('application/json') === false && (hasBody || request.method !== 'DELETE'))
      throw new AppError(
        'unsupported_media_type',
        `'Content-Type: ${request.headers['content-type'] ?? 'none'}' is unsupported in API v2 for POST and PUT requests. Please use 'Content-Type: application/json'.`,
      );
    return new Promise((resolve, reject) => {
      const ofKnown = request.actor === undefined ? this.smallJson : this.json;
      const read = isForm ? this.form : ofKnown;
      const done = (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(error instanceof Error ? error : new Error('the body could not be read', { cause: error }));
      };
      void read(request, response, done);
    });
  }
}
