import type { CookieOptions, Request } from 'express';

export const SESSION_COOKIE = 'foreman_ovirt_session';

export function sessionCookieOptions(request: Request, path: string): CookieOptions {
  return { httpOnly: true, secure: request.secure, sameSite: 'lax', path };
}
