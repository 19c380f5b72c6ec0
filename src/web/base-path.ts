import type { NextFunction, Request, Response } from 'express';

/**
 * Routes are declared without the base path: it is cut off here. Outside it only `/api`, `/apidoc` and `/node` are served
 * (their clients know no base path), and `/` leads to the dashboard.
 */
export function basePath(base: string): (request: Request, response: Response, next: NextFunction) => void {
  return (request, response, next) => {
    const { url } = request;
    if (base !== '' && url.startsWith(base) && /^[/?]|^$/.test(url.slice(base.length))) {
      const rest = url.slice(base.length);
      request.url = rest.startsWith('/') ? rest : `/${rest}`;
    } else if (base !== '' && !/^\/(api|apidoc|node)\//.test(url)) {
      if (/^\/(\?|$)/.test(url)) return response.redirect(302, `${base}/`);
      request.url = '/outside-the-base-path';
    }
    next();
  };
}
