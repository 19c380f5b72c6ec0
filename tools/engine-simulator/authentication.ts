import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { basicCredentials, userByPassword, type Engine } from './engine';
import type { SimUser } from './data';
import type { SimSession } from './sessions';

const ROUTE = 'engine1';
const UNAUTHORIZED_PAGE = '<html><head><title>Error</title></head><body>Unauthorized</body></html>';

/**
 * Puts the caller into `response.locals.user` or refuses with 401 or 403: Basic, 3.x sessions, 4.x Bearer tokens.
 * (oVirt: Challenger.java, RestApiSession*Filter.java, SsoRestApiAuthFilter.java, CSRFProtectionFilter.java)
 */
export function authentication(engine: Engine): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const outcome = callerOf(engine, request, response);
    if (outcome === 'unauthorized') return refuse(engine, response);
    if (outcome === 'csrf') return void response.status(403).type('html').send('<html><body>Forbidden</body></html>');
    response.locals.user = outcome;
    next();
  };
}

function refuse({ personality }: Engine, response: Response): void {
  response.status(401).set('WWW-Authenticate', `Basic realm="${personality.realm}"`);
  if (personality.htmlUnauthorized) response.type('html').send(UNAUTHORIZED_PAGE);
  else response.end();
}

type Outcome = SimUser | 'unauthorized' | 'csrf';

function callerOf(engine: Engine, request: Request, response: Response): Outcome {
  const token = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
  if (engine.personality.sso && token) return userOf(engine, sessionOf(engine, 'token', token));
  const prefer = (request.get('prefer') ?? '').split(/\s*,\s*/);
  const session = sessionOfCookie(engine, request);
  if (!session) return byPassword(engine, request, response, prefer);
  if (!prefer.includes('persistent-auth')) {
    engine.sessions.end(session.secret);
    if (engine.personality.servesBeforeKilling) return userOf(engine, session);
    return byPassword(engine, request, response, prefer);
  }
  const loginAgain = engine.personality.servesBeforeKilling || prefer.includes('new-auth');
  if (loginAgain && request.get('authorization')) {
    engine.sessions.end(session.secret);
    return byPassword(engine, request, response, prefer);
  }
  if (session.csrfProtected && request.get('jsessionid') !== session.secret) return 'csrf';
  if (engine.personality.csrf) response.set('JSESSIONID', session.secret);
  return userOf(engine, session);
}

/** The cookie's value ends in the container's route: `id.node`. */
function sessionOfCookie(engine: Engine, request: Request): SimSession | undefined {
  const cookie = /(?:^|;\s*)JSESSIONID=([^;]+)/.exec(request.get('cookie') ?? '')?.[1];
  return cookie === undefined ? undefined : sessionOf(engine, 'rest', cookie.split('.')[0] ?? '');
}

function sessionOf(engine: Engine, kind: SimSession['kind'], secret: string): SimSession | undefined {
  const session = engine.sessions.find(secret);
  return session?.kind === kind ? session : undefined;
}

function userOf(engine: Engine, session: SimSession | undefined): Outcome {
  if (!session) return 'unauthorized';
  engine.sessions.touch(session);
  return engine.data.users.find((user) => user.id === session.userId) ?? 'unauthorized';
}

function byPassword(engine: Engine, request: Request, response: Response, prefer: string[]): Outcome {
  const given = basicCredentials(request);
  const user = given && userByPassword(engine, given.name, given.password);
  if (!user) return 'unauthorized';
  if (prefer.includes('persistent-auth')) {
    const minutes = Number(request.get('session-ttl') ?? 0);
    const session = engine.sessions.createRest({
      userId: user.id,
      csrfProtected: engine.personality.csrf && prefer.includes('csrf-protection'),
      ...(minutes >= 1 && { idleMs: minutes * 60_000 }),
    });
    const path = engine.personality.apiPaths.find((base) => request.originalUrl.startsWith(base)) ?? '/';
    response.set('JSESSIONID', session.secret);
    response.cookie('JSESSIONID', `${session.secret}.${ROUTE}`, {
      path,
      httpOnly: engine.personality.csrf,
      secure: request.secure,
      encode: String,
    });
  }
  return user;
}
