import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { challengePrograms, sendForemanError } from '../foreman-kit';
import {
  Protocols,
  Urls,
  demandJson,
  exactJson,
  ownPath,
  sendJson,
  type BodyKind,
  type Failure,
  type Protocol,
} from '../web';
import { errorPage } from './error.view';
import type { LinkView } from './page-links';

/** Pages and their forms. Scripts that ask for JSON get Foreman's. */
@Injectable()
export class PagesProtocol implements Protocol {
  readonly name = 'pages';
  readonly credentials = ['authorization', 'session'];
  readonly atRoot = false;
  readonly framed = true;
  readonly crossOrigin = true;

  constructor(
    private readonly protocols: Protocols,
    private readonly urls: Urls,
  ) {
    protocols.registerElsewhere(this);
  }

  /** Called by each room that has pages. @param paths such as `/hosts`, with all that is below */
  areAt(...paths: string[]): void {
    this.protocols.register(this, ...paths);
  }

  bodyOf(request: Request): BodyKind {
    if (request.is('application/x-www-form-urlencoded') !== false) return 'form';
    demandJson(request);
    return 'json';
  }

  /**
   * With `?format=json`, when the caller accepts JSON but no HTML, and to scripts that POST without asking for HTML.
   */
  wantsData(request: Request): boolean {
    if (request.jsonpCallback !== undefined) return true;
    if (request.query.format !== undefined) return request.query.format === 'json';
    const accept = request.headers.accept ?? '';
    if (accept.includes('text/html')) return false;
    return accept.includes('json') || (request.method === 'POST' && isScripted(request));
  }

  send(response: Response, body: object): void {
    sendJson(response, exactJson(body));
  }

  sendError(response: Response, failure: Failure): void {
    const { req: request } = response;
    challengePrograms(response, failure);
    if (this.wantsData(request)) sendForemanError(response, failure);
    else if (failure.code === 'not_signed_in' && request.framable !== true && request.method === 'GET')
      response.redirect(302, this.loginUrl(request));
    else this.page(response, failure);
  }

  private loginUrl(request: Request): string {
    return this.urls.url(`/users/login?original_uri=${encodeURIComponent(this.ownUrl(request) ?? '')}`);
  }

  /** The address that was asked for, unless it would lead elsewhere (`//evil.example/x`). */
  private ownUrl({ originalUrl }: Request): string | undefined {
    return ownPath(originalUrl, this.urls.url('')) ?? undefined;
  }

  private page(response: Response, { badJson: _, ...failure }: Failure): void {
    const { req: request } = response;
    const page = errorPage({
      ...failure,
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

/** A script's call rather than a form: jQuery's `$.post` accepts anything. */
function isScripted({ headers }: Request): boolean {
  const { 'x-requested-with': by, 'sec-fetch-mode': mode, 'content-type': type = '' } = headers;
  return by !== undefined || type.startsWith('application/json') || (mode !== undefined && mode !== 'navigate');
}
