import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, Response } from 'express';
import type { AppError } from '../common/app-error';
import { STATUS } from './error-status';
import { expressServer } from './express-server';
import { protocolOf } from './protocol';
import { wantsJson } from './wants-json';

/**
 * Locals of a view; `status` is the HTTP status when it is not 200, `layout` when it is not the framed one; false: the
 * view is a part of a page, to be put in by a script.
 */
export interface ViewModel {
  title?: string;
  status?: number;
  layout?: string | false;
}

/** What a page route answers: a view with its finished view model, or JSON. Only what the caller asked for is made. */
export class Reply {
  constructor(
    readonly view: string,
    readonly model: () => ViewModel | Promise<ViewModel>,
    readonly json: () => unknown,
    /** Why what was asked was not done: the view says so with the error's status, and JSON is the error. */
    readonly fault?: AppError,
  ) {}

  because(fault: AppError): Reply {
    return new Reply(this.view, this.model, this.json, fault);
  }
}

/** After a form was accepted: leads to a page (`/foreman/…`), so that reloading that page sends nothing again. */
export class SeeOther {
  /** @param status 303, but 302 where Foreman's own clients know it: from logging in and out */
  constructor(
    readonly location: string,
    readonly status: 302 | 303 = 303,
  ) {}
}

/** `Origin` is what `cors` says of every answer. */
const VARY = 'Origin, Accept, Cookie';

/**
 * Sends what routes return: a Reply as its page or its data, whichever the caller asked for; SeeOther as a redirect;
 * objects as the protocol writes them; texts as they are. An adapter, since an interceptor would cost every request
 * several times as much.
 */
export class ReplyAdapter extends ExpressAdapter {
  /** Of the options, TLS alone is heeded. */
  override initHttpServer({ httpsOptions }: NestApplicationOptions): void {
    this.setHttpServer(expressServer(this.getInstance<Express>(), httpsOptions));
  }

  override async reply(response: Response, body: unknown, statusCode?: number): Promise<unknown> {
    const { req: request } = response;
    if (body instanceof SeeOther) return response.redirect(body.status, body.location);
    const data = body instanceof Reply ? await dataOf(body, response) : body;
    if (data instanceof Reply) return page(response, data);
    if (typeof data === 'object' && data !== null) {
      if (statusCode !== undefined) response.statusCode = statusCode;
      return protocolOf(request).send(response, data);
    }
    return super.reply(response, data, statusCode) as unknown;
  }
}

/** The reply itself where its page was asked for. */
function dataOf(reply: Reply, response: Response): unknown {
  response.setHeader('Vary', VARY);
  if (!wantsJson(response.req)) return reply;
  if (reply.fault !== undefined) throw reply.fault;
  return reply.json();
}

const HTML_TYPE = 'text/html; charset=utf-8';

async function page(response: Response, { view, model, fault }: Reply): Promise<void> {
  const locals = await model();
  const html = await new Promise<string>((resolve, reject) => {
    response.render(view, locals, (error: Error | null, text?: string) => {
      if (error) reject(error);
      else resolve(text ?? '');
    });
  });
  response.statusCode = locals.status ?? (fault ? STATUS[fault.code] : response.statusCode);
  response.setHeader('Content-Type', HTML_TYPE);
  response.setHeader('Cache-Control', response.req.framable === true ? 'private, no-cache' : 'no-store');
  response.end(html);
}
