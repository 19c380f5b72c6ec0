import type { RequestHandler } from 'express';
import { request as startRequest } from 'node:http';
import { pipeline } from 'node:stream';

/**
 * Passes requests on to the service, as a web server on webadmin's origin does: the path stays, the forwarded headers
 * tell what the browser asked. A service that is down is 503, like Apache's answer.
 *
 * @param service its origin, `http://127.0.0.1:3000`
 */
export function serviceProxy(service: string): RequestHandler {
  return (request, response) => {
    const forwarded = {
      'x-forwarded-for': request.socket.remoteAddress ?? '',
      'x-forwarded-host': request.headers.host ?? '',
      'x-forwarded-proto': request.protocol,
    };
    const { host } = new URL(service);
    const passed = startRequest(
      new URL(request.originalUrl, service),
      { method: request.method, headers: { ...request.headers, ...forwarded, host } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        pipeline(answer, response, () => undefined);
      },
    );
    passed.once('error', () => {
      if (response.headersSent) response.destroy();
      else response.status(503).type('html').send('<html><title>503 Service Unavailable</title></html>');
    });
    response.once('close', () => passed.destroy());
    request.pipe(passed);
  };
}
