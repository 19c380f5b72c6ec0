import type { Request } from 'express';

/** What monitoring and proxies ask for. */
const PROBES = /^\/(healthz|readyz|status(\.json)?)$/;

/**
 * API routes and probes always speak JSON; pages do with `?format=json`, when the caller accepts JSON but no HTML, and to scripts
 * that POST without asking for HTML.
 */
export function wantsJson(request: Request): boolean {
  if (isApi(request) || PROBES.test(request.path) || request.jsonpCallback !== undefined) return true;
  if (request.query.format !== undefined) return request.query.format === 'json';
  const accept = request.headers.accept ?? '';
  if (accept.includes('text/html')) return false;
  return accept.includes('json') || (request.method === 'POST' && isScripted(request));
}

/** A script's call rather than a form: jQuery's `$.post` accepts anything. */
function isScripted(request: Request): boolean {
  const { 'x-requested-with': by, 'sec-fetch-mode': mode, 'content-type': type = '' } = request.headers;
  return by !== undefined || type.startsWith('application/json') || (mode !== undefined && mode !== 'navigate');
}

/** Routes of Foreman's REST API, of its description for clients and of its external-node document; the API's documentation is a page. */
export function isApi(request: Request): boolean {
  return /^\/(api(?!\/docs(\/|$))|apidoc|node)(\/|$)/.test(request.path);
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
