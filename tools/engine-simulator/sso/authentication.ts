import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import { tell } from '../events/events';
import { refuseAsApache } from './apache';
import { basicCredentials, userByPassword, userNameOf, type Engine } from '../engine';
import type { SimUser } from '../people/data';
import { checkPassword } from './passwords';
import { API_SCOPE } from './scopes';
import type { SimSession } from './sessions';

const ROUTE = 'engine1';
const UNKNOWN_TOKEN = 'invalid_grant: The provided authorization grant for the auth code has expired.';
/** Behind Keycloak it is all that the engine says, whatever the reason. */
const NO_PROFILE = 'access_denied: Cannot authenticate user No valid profile found in credentials..';

/**
 * Puts the caller into `response.locals.user` or refuses with 401 or 403: Basic, 3.x sessions, 4.x Bearer tokens.
 * (oVirt: Challenger.java, RestApiSession*Filter.java, SsoRestApiAuthFilter.java, CSRFProtectionFilter.java)
 */
export function authentication(engine: Engine): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction) => {
    if (engine.behindKeycloak && refuseAsApache(engine, request, response)) return;
    const outcome = await callerOf(engine, request, response);
    if (typeof outcome === 'object' && 'refused' in outcome) return refuse(engine, response, outcome.refused);
    if (outcome === 'csrf') return void response.status(403).type('html').send('<html><body>Forbidden</body></html>');
    response.locals.user = outcome;
    next();
  };
}

function refuse({ personality }: Engine, response: Response, text: string): void {
  response.status(401).set('WWW-Authenticate', `Basic realm="${personality.realm}"`);
  if (personality.htmlUnauthorized)
    response.type('html').send(`<html><head><title>Error</title></head><body>${text}</body></html>`);
  else response.end();
}

type Refused = { refused: string };
type Outcome = SimUser | Refused | 'csrf';

const UNAUTHORIZED: Refused = { refused: 'Unauthorized' };

async function callerOf(engine: Engine, request: Request, response: Response): Promise<Outcome> {
  const token = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
  if (engine.personality.sso && token) return ofToken(engine, token);
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

function ofToken(engine: Engine, token: string): SimUser | Refused {
  const session = sessionOf(engine, 'token', token);
  const isForApi = session?.scope.split(' ').includes(API_SCOPE) ?? true;
  if (!isForApi) return { refused: `The required scope ${API_SCOPE} is not granted.` };
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

function userOf(engine: Engine, session: SimSession | undefined): SimUser | Refused {
  if (!session) return unknownSession(engine);
  const isFirstUse = session.lastUsedAt === null;
  engine.sessions.touch(session);
  const user = engine.data.users.find(({ id }) => id === session.userId);
  if (isFirstUse && user) tell({ engine, caller: user, correlationId: randomUUID().slice(0, 8) }, 'login');
  if (user?.withoutRole) return withoutRole(engine, user);
  return user ?? UNAUTHORIZED;
}

function unknownSession({ personality, behindKeycloak }: Engine): Refused {
  if (behindKeycloak) return { refused: NO_PROFILE };
  return personality.sso ? { refused: UNKNOWN_TOKEN } : UNAUTHORIZED;
}

function withoutRole({ personality, behindKeycloak }: Engine, user: SimUser): Refused {
  const name = userNameOf(user, personality);
  const text = `The user ${name} with profile [${user.domain}] is not authorized to perform login`;
  return { refused: behindKeycloak ? NO_PROFILE : text };
}

async function byPassword(engine: Engine, request: Request, response: Response, prefer: string[]): Promise<Outcome> {
  const given = basicCredentials(request);
  const user = given ? await ofPassword(engine, given.name, given.password) : UNAUTHORIZED;
  if ('refused' in user) return user;
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

async function ofPassword(engine: Engine, name: string, password: string): Promise<SimUser | Refused> {
  if (!engine.personality.sso) return userByPassword(engine, name, password) ?? UNAUTHORIZED;
  const checked = checkPassword(engine, name, password);
  if (checked.user !== null) return checked.user.withoutRole ? withoutRole(engine, checked.user) : checked.user;
  if (checked.delayMs > 0) await delay(checked.delayMs, undefined, { ref: false });
  return { refused: `access_denied: ${checked.text}` };
}
