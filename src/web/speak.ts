import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Protocols } from './protocol';

/** Finds the protocol of a request, and says its headers. */
export function speak(protocols: Protocols): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const protocol = protocols.of(request.path);
    (request as { speaks?: typeof protocol }).speaks = protocol;
    protocol?.headers?.(response);
    next();
  };
}

/** Reads the query as the protocol does, where that is not as Express does. @throws what its `readQuery` throws */
export function ownQuery(request: Request, _response: Response, next: NextFunction): void {
  const { speaks, url } = request;
  if (speaks?.readQuery !== undefined) {
    const cut = url.indexOf('?');
    const value = speaks.readQuery(cut < 0 ? '' : url.slice(cut + 1));
    Object.defineProperty(request, 'query', { value });
  }
  next();
}
