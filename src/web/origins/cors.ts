import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Protocols } from '../protocol';
import type { AllowedOrigins } from './allowed-origins';

const METHODS = 'GET, HEAD, POST, PUT, DELETE';
const REQUEST_HEADERS = 'Accept, Authorization, Content-Type, X-Background-Refresh, X-Requested-With';
const ANSWER_HEADERS = 'Retry-After, X-Request-Id';
const PREFLIGHT_SECONDS = '600';

/**
 * Lets scripts of allowed origins read data with the reader's credentials; pages, which hold form tokens, stay closed.
 * To other origins nothing is said, so their browsers refuse. Preflights carry no credentials and end here.
 */
export function cors(origins: AllowedOrigins, protocols: Protocols): RequestHandler {
  const allow = async (request: Request, response: Response): Promise<boolean> => {
    const { origin } = request.headers;
    if (origin === undefined || !(await origins.has(origin))) return false;
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Access-Control-Expose-Headers', ANSWER_HEADERS);
    return true;
  };
  const preflight = async (request: Request, response: Response): Promise<void> => {
    if (protocols.tellerOf(request).crossOrigin && (await allow(request, response))) {
      response.setHeader('Access-Control-Allow-Methods', METHODS);
      response.setHeader('Access-Control-Allow-Headers', REQUEST_HEADERS);
      response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
    }
    response.status(204).end();
  };
  return async (request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Vary', 'Origin'); // the first to say so
    if (request.headers.origin === undefined) return next();
    if (isPreflight(request)) return preflight(request, response);
    const teller = protocols.tellerOf(request);
    if (teller.crossOrigin && teller.wantsData(request)) await allow(request, response);
    next();
  };
}

function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}
