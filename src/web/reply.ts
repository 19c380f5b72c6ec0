import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { exactJson } from './exact-json';
import { wantsJson } from './wants-json';

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

/** What a form's route answers: the way on to another page of ours. */
export class Redirect {
  /** @param status 303 after a change; Foreman's own clients know 302 from logging in and out */
  constructor(
    readonly url: string,
    readonly status: 302 | 303 = 303,
  ) {}
}

/**
 * Sends what routes return: a Reply as HTML or JSON, whichever the caller asked for; objects as JSON, bigints in it as
 * exact numbers; texts as they are. An adapter, since an interceptor would cost every request several times as much.
 */
export class ReplyAdapter extends ExpressAdapter {
  override async reply(response: Response, body: unknown, statusCode?: number): Promise<unknown> {
    const { req: request } = response;
    if (body instanceof Redirect) return response.redirect(body.status, body.url);
    if (body instanceof Reply) {
      response.setHeader('Vary', 'Accept, Cookie');
      if (!wantsJson(request)) return page(response, body);
      return send(response, JSON_TYPE, exactJson(await body.json()), statusCode);
    }
    if (typeof body === 'object' && body !== null) return send(response, JSON_TYPE, exactJson(body), statusCode);
    return super.reply(response, body, statusCode) as unknown;
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=utf-8';

function send(response: Response, type: string, text: string, status = response.statusCode): void {
  response.statusCode = status;
  response.setHeader('Content-Type', type);
  response.end(text);
}

async function page(response: Response, { view, model }: Reply): Promise<void> {
  const locals = await model();
  const html = await new Promise<string>((resolve, reject) => {
    response.render(view, locals, (error: Error | null, text?: string) => {
      if (error) reject(error);
      else resolve(text ?? '');
    });
  });
  send(response, HTML_TYPE, html, locals.status);
}
