import { parseCookie } from 'cookie';
import type { CookieOptions, Request } from 'express';

export const SESSION_COOKIE = 'foreman_ovirt_session';

/** The token of the session that a browser shows. */
export function sessionTokenOf({ headers }: Request): string | undefined {
  return headers.cookie === undefined ? undefined : parseCookie(headers.cookie)[SESSION_COOKIE];
}

/**
 * For a page of another site that signs in over HTTPS (webadmin on an origin of its own), the cookie is sent from its
 * frames, and kept in a jar of that site alone (CHIPS). Everywhere else it stays within the site.
 */
export function sessionCookieOptions(request: Request, path: string, publicUrl: string | undefined): CookieOptions {
  const secure = request.secure || publicUrl?.startsWith('https:') === true;
  if (secure && request.headers['sec-fetch-site'] === 'cross-site')
    return { httpOnly: true, secure, sameSite: 'none', partitioned: true, path };
  return { httpOnly: true, secure, sameSite: 'lax', path };
}
