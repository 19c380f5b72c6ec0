import { HttpError } from './http-error';

/** How an address is asked. */
export interface Route {
  /** Address of the proxy that asks for us; null: we ask. */
  proxy: string | null;
  /** Which addresses a host name may turn out to have; checked at each connection, so that no name can change its mind. */
  addresses: 'public' | 'any';
}

/** What may be asked. */
export interface OutgoingPolicy {
  /** @throws HttpError not_allowed */
  routeOf(url: URL): Route;
}

/** An engine that is registered, or an address that such an engine names for a transfer: wherever it is, and nothing else. */
export class OneOrigin implements OutgoingPolicy {
  constructor(readonly origin: string) {}

  routeOf(url: URL): Route {
    if (url.origin !== this.origin) throw notAllowed(url);
    return { proxy: null, addresses: 'any' };
  }
}

export function notAllowed(url: URL): HttpError {
  return new HttpError(
    'not_allowed',
    `${url.origin} may not be asked: it is neither registered nor on the list of what may`,
  );
}
