import { Inject, Injectable } from '@nestjs/common';
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { Urls, WEB_CONFIG, type WebConfig } from '../../web';

const NAME = 'foreman_ovirt_session';

/** The cookie in which a browser keeps the token of its session. */
@Injectable()
export class SessionCookie {
  constructor(
    private readonly urls: Urls,
    @Inject(WEB_CONFIG) private readonly web: WebConfig,
  ) {}

  /** The token of the session that a browser shows. */
  tokenOf(request: Request): string | undefined {
    const { cookie } = request.headers;
    return cookie === undefined ? undefined : parseCookie(cookie)[this.nameFor(request)];
  }

  set(request: Request, response: Response, token: string): void {
    response.cookie(this.nameFor(request), token, this.optionsFor(request));
  }

  clear(request: Request, response: Response): void {
    response.clearCookie(this.nameFor(request), this.optionsFor(request));
  }

  /**
   * Over HTTPS with the prefix that browsers let nobody set over plain HTTP, and where the path allows it none but this
   * very host (RFC 6265bis 4.1.3): `__Host-` wants the path `/`.
   */
  nameFor(request: Request): string {
    if (!this.isSecure(request)) return NAME;
    return this.urls.cookiePath === '/' ? `__Host-${NAME}` : `__Secure-${NAME}`;
  }

  /**
   * For a page of another site that signs in over HTTPS (webadmin on an origin of its own), the cookie is sent from its
   * frames, and kept in a jar of that site alone (CHIPS). Everywhere else it stays within the site.
   */
  private optionsFor(request: Request): CookieOptions {
    const secure = this.isSecure(request);
    const options = { httpOnly: true, secure, path: this.urls.cookiePath };
    const isFramedElsewhere = secure && request.headers['sec-fetch-site'] === 'cross-site';
    return isFramedElsewhere ? { ...options, sameSite: 'none', partitioned: true } : { ...options, sameSite: 'lax' };
  }

  private isSecure(request: Request): boolean {
    return request.secure || this.web.publicUrl?.startsWith('https:') === true;
  }
}
