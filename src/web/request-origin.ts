import type { Request } from 'express';

/**
 * Where a request comes from:
 * - `untold`: no browser says (programs, and old browsers on plain navigation)
 * - `own`: one of our own pages; `origin` is what it is called there, if told
 * - `other`: another page; `origin` is null where the browser hides it
 */
export type RequestSource =
  { kind: 'untold' } | { kind: 'own'; origin: string | null } | { kind: 'other'; origin: string | null };

/**
 * Told by Origin, else Sec-Fetch-Site, else Referer. Our own origins are PUBLIC_URL and the host that was asked for
 * (a trusted proxy's X-Forwarded-Host, or Host).
 */
export function requestSource(request: Request, publicUrl: string | undefined): RequestSource {
  const { origin, referer, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined) return sourceOf(origin, request, publicUrl);
  if (site === 'same-origin' || site === 'none') return { kind: 'own', origin: null };
  if (site === undefined && referer === undefined) return { kind: 'untold' };
  const source = referer === undefined ? OTHER : sourceOf(referer, request, publicUrl);
  return site === undefined || source.kind === 'other' ? source : OTHER;
}

const OTHER: RequestSource = { kind: 'other', origin: null };

function sourceOf(text: string, request: Request, publicUrl: string | undefined): RequestSource {
  const url = URL.parse(text);
  if (url === null || url.origin === 'null') return { kind: 'other', origin: null };
  const own = url.origin === publicUrl || isAskedHost(url, request);
  return { kind: own ? 'own' : 'other', origin: url.origin };
}

/** The scheme is not compared: a proxy that ends TLS may not tell it. */
function isAskedHost(url: URL, request: Request): boolean {
  const asked = URL.parse(`${url.protocol}//${request.host}`);
  return asked !== null && asked.host === url.host;
}
