import type { Request } from 'express';

type Trust = (address: string | undefined, hop: number) => boolean;

/** True when the request comes straight from a proxy that TRUST_PROXY names: only then are its headers believed. */
export function fromTrustedProxy(request: Request): boolean {
  return (request.app.get('trust proxy fn') as Trust)(request.socket.remoteAddress, 0);
}
