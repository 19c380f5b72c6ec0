import type { NextFunction, Request, Response } from 'express';
import type { Protocols } from './protocol';

/** Finds the protocol of a request, says its headers and reads its query. */
export function speak(protocols: Protocols): (request: Request, response: Response, next: NextFunction) => void {
  return (request, response, next) => {
    const protocol = protocols.of(request.path);
    request.speaks = protocol;
    protocol?.headers?.(response);
    if (protocol?.readQuery !== undefined) {
      const cut = request.url.indexOf('?');
      const value = protocol.readQuery(cut < 0 ? '' : request.url.slice(cut + 1));
      Object.defineProperty(request, 'query', { value });
    }
    next();
  };
}
