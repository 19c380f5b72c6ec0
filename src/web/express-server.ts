import type { Express } from 'express';
import {
  IncomingMessage,
  ServerResponse,
  createServer as createHttp,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type Server,
} from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import { newcomersInTurns } from './newcomers';

/**
 * For how long an idle connection is kept: longer than proxies keep theirs to us (Apache: `ttl` of `apacheConfig`, nginx:
 * 60 s by default), so that none of them sends a request on a connection that is being closed, and answers 502.
 */
const IDLE_CONNECTION_MS = 75_000;

/** How long callers are waited for; who takes longer is cut off. */
export interface Patience {
  /** For the whole header of a request, from its first byte or from the connection's beginning. */
  headerMs: number;
  /** For more of a body. */
  bodyIdleMs: number;
  /** For the whole of a request. */
  requestMs: number;
  /** How often the first and the last are looked at. */
  checkedEveryMs: number;
}

const PATIENCE: Patience = { headerMs: 20_000, bodyIdleMs: 30_000, requestMs: 300_000, checkedEveryMs: 2_000 };

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** The server's event after which each answer closes its connection. */
export const STOPPING = 'stopping';

/**
 * A server whose requests and responses have the app's prototypes from the start (`IncomingMessage` and
 * `ServerResponse` of Node's `http.createServer`). Express sets them on each object that arrives, which gives each one a
 * shape of its own: V8 then looks up every property anew.
 *
 * @param tls undefined: plain HTTP
 */
export function expressServer(app: Express, tls?: ServerOptions, patience = PATIENCE): Server {
  class ExpressRequest extends IncomingMessage {}
  let stopping = false;
  class ExpressResponse extends ServerResponse {
    /** Node.js calls it for every answer, before its header is sent. */
    override writeHead(status: number, message?: string, headers?: Headers): this;
    override writeHead(status: number, headers?: Headers): this;
    override writeHead(...args: unknown[]): this {
      if (stopping) this.setHeader('Connection', 'close');
      return super.writeHead(...(args as Parameters<ServerResponse['writeHead']>));
    }
  }
  app.request = Object.setPrototypeOf(ExpressRequest.prototype, app.request) as Express['request'];
  app.response = Object.setPrototypeOf(ExpressResponse.prototype, app.response) as Express['response'];
  const classes = { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
  const options = {
    ...classes,
    keepAliveTimeout: IDLE_CONNECTION_MS,
    headersTimeout: patience.headerMs,
    requestTimeout: patience.requestMs,
    connectionsCheckingInterval: patience.checkedEveryMs,
  };
  const server =
    tls === undefined
      ? createHttp(options, newcomersInTurns(app))
      : createHttps({ ...tls, ...options, handshakeTimeout: patience.headerMs }, newcomersInTurns(app));
  server.once(STOPPING, () => (stopping = true));
  return server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.complete) cutOffWhenIdle(request, response, patience.bodyIdleMs);
  });
}

/** Node.js cuts a connection off when its time without a byte is over and nobody else listens for that. */
function cutOffWhenIdle(request: IncomingMessage, response: ServerResponse, bodyIdleMs: number): void {
  const { socket } = request;
  socket.setTimeout(bodyIdleMs);
  request.once('end', () => socket.setTimeout(response.writableFinished ? IDLE_CONNECTION_MS : 0));
  // an answer that came first: Node.js gave the connection the time of an idle one
  response.once('close', () => {
    if (!request.complete) socket.setTimeout(bodyIdleMs);
  });
}
