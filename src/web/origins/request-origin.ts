import type { Request } from 'express';
import { isOwnName } from './own-name';
import type { WebConfig } from '../web-config';

/**
 * Where a request comes from:
 * - `untold`: no browser says (programs, and old browsers on plain navigation)
 * - `own`: one of our own pages; `origin` is what it is called there, if told
 * - `other`: another page; `origin` is null where the browser hides it
 */
export type RequestSource =
  { kind: 'untold' } | { kind: 'own'; origin: string | null } | { kind: 'other'; origin: string | null };

type OwnNames = Pick<WebConfig, 'publicUrl' | 'allowedHosts'>;

/**
 * Told by Origin, else Sec-Fetch-Site, else Referer. Our own origin is PUBLIC_URL; without that the host that was asked
 * for (a trusted proxy's X-Forwarded-Host, or Host), where that is a name of ours: a name that somebody else's DNS leads
 * to us is not.
 */
export function requestSource(request: Request, own: OwnNames): RequestSource {
  const { origin, referer, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined) return sourceOf(origin, request, own);
  if (site === 'same-origin' || site === 'none') return isAskedByOwnName(request, own) ? OWN : OTHER;
  if (site === undefined && referer === undefined) return { kind: 'untold' };
  const source = referer === undefined ? OTHER : sourceOf(referer, request, own);
  return site === undefined || source.kind === 'other' ? source : OTHER;
}

const OWN: RequestSource = { kind: 'own', origin: null };
const OTHER: RequestSource = { kind: 'other', origin: null };

function sourceOf(text: string, request: Request, { publicUrl, allowedHosts }: OwnNames): RequestSource {
  const url = URL.parse(text);
  if (url === null || url.origin === 'null') return { kind: 'other', origin: null };
  const own =
    publicUrl === undefined
      ? isAskedHost(url, request) && isOwnName(url.hostname, allowedHosts)
      : url.origin === publicUrl;
  return { kind: own ? 'own' : 'other', origin: url.origin };
}

/** Behind a proxy that does not tell its name we are asked by the name that the proxy has for us. */
function isAskedByOwnName(request: Request, { publicUrl, allowedHosts }: OwnNames): boolean {
  const hostname = URL.parse(`http://${request.host}`)?.hostname ?? '';
  const isPublic = publicUrl !== undefined && new URL(publicUrl).hostname === hostname;
  return isPublic || isOwnName(hostname, allowedHosts);
}

/** The scheme is not compared: a proxy that ends TLS may not tell it. */
function isAskedHost(url: URL, request: Request): boolean {
  const asked = URL.parse(`${url.protocol}//${request.host}`);
  return asked !== null && asked.host === url.host;
}
