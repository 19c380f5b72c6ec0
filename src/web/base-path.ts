import type { NextFunction, Request, Response } from 'express';
import type { Protocols } from './protocol';

/**
 * Routes are declared without the base path: it is cut off here. Outside it only protocols are served whose clients know
 * no base path, and `/` leads to the dashboard.
 */
export function basePath(
  base: string,
  protocols: Protocols,
): (request: Request, response: Response, next: NextFunction) => void {
  return (request, response, next) => {
    const { url } = request;
    if (base !== '' && url.startsWith(base) && /^[/?]|^$/.test(url.slice(base.length))) {
      const rest = url.slice(base.length);
      request.url = rest.startsWith('/') ? rest : `/${rest}`;
    } else if (base !== '' && !protocols.isAtRoot(url)) {
      if (/^\/(\?|$)/.test(url)) return response.redirect(302, `${base}/`);
      request.url = '/outside-the-base-path';
    }
    next();
  };
}
