import type { Express } from 'express';
import { IncomingMessage, ServerResponse, createServer as createHttp, type Server } from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';

/**
 * For how long an idle connection is kept: longer than proxies keep theirs to us (Apache: `ttl` of `apacheConfig`, nginx:
 * 60 s by default), so that none of them sends a request on a connection that is being closed, and answers 502.
 */
const IDLE_CONNECTION_MS = 75_000;

/**
 * A server whose requests and responses have the app's prototypes from the start (`IncomingMessage` and
 * `ServerResponse` of Node's `http.createServer`). Express sets them on each object that arrives, which gives each one a
 * shape of its own: V8 then looks up every property anew.
 *
 * @param tls undefined: plain HTTP
 */
export function expressServer(app: Express, tls?: ServerOptions): Server {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse extends ServerResponse {}
  app.request = Object.setPrototypeOf(ExpressRequest.prototype, app.request) as Express['request'];
  app.response = Object.setPrototypeOf(ExpressResponse.prototype, app.response) as Express['response'];
  const classes = { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
  const options = { ...classes, keepAliveTimeout: IDLE_CONNECTION_MS };
  return tls === undefined ? createHttp(options, app) : createHttps({ ...tls, ...options }, app);
}
