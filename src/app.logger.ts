import type { Params } from 'nestjs-pino';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppConfig } from './config';

const SECRETS = ['authorization', 'cookie', 'password', 'secret', 'token', 'sealed_password', 'jsessionid'];
const MASK = '[redacted]';

/** Structured logs: one line a request, with its id; secrets are taken out by key wherever they stand. */
export function loggerOptions({ level, format }: AppConfig['log']): Params {
  return {
    pinoHttp: {
      level,
      redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: MASK },
      transport: format === 'pretty' ? { target: 'pino-pretty', options: { singleLine: true } } : undefined,
      genReqId: (request: IncomingMessage, response: ServerResponse) => {
        const given = request.headers['x-request-id'];
        const id = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
        response.setHeader('X-Request-Id', id);
        return id;
      },
      customLogLevel: (_: IncomingMessage, { statusCode }: ServerResponse, error?: Error) =>
        error !== undefined || statusCode >= 500
          ? 'error'
          : statusCode === 401 || statusCode === 403 || statusCode === 429
            ? 'warn'
            : 'info',
      serializers: {
        req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
          id,
          method,
          url: withoutSecrets(url),
        }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      quietReqLogger: true,
    },
  };
}

/** Nobody should send a password in an address; who does shall not find it in the log. */
function withoutSecrets(url: string): string {
  return url.replace(/([?&][^=&]*(?:password|token|secret)[^=&]*=)[^&]*/gi, `$1${MASK}`);
}
