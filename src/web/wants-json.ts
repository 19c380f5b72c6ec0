import type { Request } from 'express';
import { protocolOf } from './protocol';

/** Whether the caller reads data: always in an API, and where a script asks a page's address for JSON. */
export function wantsJson(request: Request): boolean {
  return protocolOf(request).wantsData(request);
}

/** A page load, frame or script of a browser, as opposed to a program: a Basic challenge would pop up a dialog there. */
export function isBrowser(request: Request): boolean {
  const { headers } = request;
  return (
    headers['sec-fetch-site'] !== undefined ||
    headers['x-requested-with'] !== undefined ||
    headers.origin !== undefined ||
    /\bMozilla\//.test(headers['user-agent'] ?? '') ||
    (headers.accept ?? '').includes('text/html')
  );
}
