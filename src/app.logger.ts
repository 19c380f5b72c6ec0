import type { NextFunction, Request, Response } from 'express';
import { Logger, PinoLogger, type Params } from 'nestjs-pino';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { pino, type Logger as Pino } from 'pino';
import { personLabel } from './common/actor';
import type { AppConfig } from './config';

const SECRETS = ['authorization', 'cookie', 'password', 'secret', 'token', 'sealed_password', 'jsessionid'];
/** Where TypeORM's and PostgreSQL's errors hold the values of a failed query. */
const QUERY_VALUES = ['err.parameters', 'err.driverError.parameters', 'err.driverError.detail', 'err.detail'];
const MASK = '[redacted]';

/** Structured logs; secrets are taken out by key wherever they stand. */
export function createLogger({ level, format }: AppConfig['log']): { log: Pino; nestLogger: Logger } {
  const paths = [...SECRETS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), ...QUERY_VALUES];
  const redact = { paths, censor: MASK };
  const log =
    format === 'pretty'
      ? pino({ level, redact, transport: { target: 'pino-pretty', options: { singleLine: true } } })
      : pino({ level, redact }, pino.destination({ sync: false })); // flushed at exit
  const params: Params = { pinoHttp: { logger: log } };
  return { log, nestLogger: new AppLogger(new PinoLogger(params), params) };
}

/** Where NestJS tells of each module and route it sets up. */
const SET_UP = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** Setting up is detail: at `info` the log of a start has what an operator reads. */
class AppLogger extends Logger {
  override log(message: unknown, ...more: unknown[]): void {
    if (SET_UP.has(String(more.at(-1)))) super.debug(message, ...more);
    else super.log(message, ...more);
  }
}

/** Gives each request its id (a proxy's X-Request-Id, or a new one) and logs its end in one line. */
export function logRequests(logger: Pino): (request: Request, response: Response, next: NextFunction) => void {
  const log = logger.child({}, { redact: [] }); // its fields are these few: nothing to look for
  return (request, response, next) => {
    const startedAt = performance.now();
    const given = request.headers['x-request-id'];
    request.id = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
    response.setHeader('X-Request-Id', request.id);
    response.once('close', () => {
      const { statusCode } = response;
      const level = levelOf(request.method, statusCode);
      if (!log.isLevelEnabled(level)) return;
      log[level]({
        requestId: request.id,
        method: request.method,
        url: withoutSecrets(request.originalUrl),
        statusCode,
        actor: request.actor && personLabel(request.actor),
        ms: Math.round((performance.now() - startedAt) * 10) / 10,
      });
    });
    next();
  };
}

/** A refusal warns, a change informs, a page that was read is detail. */
function levelOf(method: string, statusCode: number): 'debug' | 'info' | 'warn' | 'error' {
  if (statusCode >= 500) return 'error';
  if ([401, 403, 429].includes(statusCode)) return 'warn';
  return method === 'GET' || method === 'HEAD' ? 'debug' : 'info';
}

/** Nobody should send a password in an address; who does shall not find it in the log. */
function withoutSecrets(url: string): string {
  return url.replace(/([?&])([^=&]*)=[^&]*/g, (given, start: string, name: string) =>
    SECRET_NAME.test(decoded(name)) ? `${start}${name}=${MASK}` : given,
  );
}

const SECRET_NAME = /password|token|secret/i;

/** As the names of a query are read; what is no encoding at all serves nobody. */
function decoded(name: string): string {
  return name.replace(/(?:%[\da-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}
