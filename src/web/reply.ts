import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { mergeMap, type Observable } from 'rxjs';
import { exactJson } from './exact-json';
import { isApi, wantsJson } from './wants-json';

/** Locals of a view; `status` is the HTTP status when it is not 200, `layout` when it is not the framed one. */
export interface ViewModel {
  title: string;
  status?: number;
  layout?: string;
}

/** What a page route answers: a view with its finished view model, or JSON. Only what the caller asked for is made. */
export class Reply {
  constructor(
    readonly view: string,
    readonly model: () => ViewModel | Promise<ViewModel>,
    readonly json: () => unknown,
  ) {}
}

/**
 * Renders a Reply as HTML or JSON, whichever the caller asked for. Objects go out as JSON, bigints in it as exact
 * numbers; texts as they are.
 */
@Injectable()
export class ReplyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    if (isApi(request)) response.setHeader('Foreman_api_version', '2');
    return next.handle().pipe(
      mergeMap(async (result: unknown) => {
        if (!(result instanceof Reply))
          return typeof result === 'object' && result !== null ? json(response, result) : result;
        response.setHeader('Vary', 'Accept, Cookie');
        return wantsJson(request) ? json(response, await result.json()) : render(response, result);
      }),
    );
  }
}

function json(response: Response, value: unknown): string {
  response.type('json');
  return exactJson(value);
}

async function render(response: Response, { view, model }: Reply): Promise<string> {
  const locals = await model();
  response.status(locals.status ?? response.statusCode).type('html');
  return new Promise((resolve, reject) => {
    response.render(view, locals, (error: Error | null, html?: string) => {
      if (error) reject(error);
      else resolve(html ?? '');
    });
  });
}
