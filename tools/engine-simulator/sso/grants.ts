import type { Request, Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import { basicCredentials, type Engine } from '../engine';
import type { SimUser } from '../people/data';
import { fail, field } from './forms';
import { checkPassword } from './passwords';
import { grantedScope, isKnownToKeycloak } from './scopes';

const FOR_EVER = '9223372036854775807';
/** Tokens of the engine's own directory end so long after the grant (aaa-jdbc: MAX_LOGIN_MINUTES). */
const LOGIN_MS = 7 * 24 * 3_600_000;
const UNSUPPORTED_GRANT = 'The authorization grant type is not supported by the authorization server.';
const HTTP_GRANT = 'urn:ovirt:params:oauth:grant-type:http';

/** The header must be this text exactly: `application/json, text/plain` already fails. */
export function acceptsJson(engine: Engine, request: Request, response: Response): boolean {
  if (request.get('accept') === 'application/json') return true;
  const text = "Missing parameter: 'Accept Header'";
  if (engine.behindKeycloak) fail(request, response, 'access_denied', `Cannot authenticate user ${text}.`);
  else fail(request, response, 'invalid_request', text);
  return false;
}

/** A token for user name and password. */
export async function giveToken(engine: Engine, request: Request, response: Response): Promise<void> {
  if (!acceptsJson(engine, request, response)) return;
  const refuse = (code: string, text: string) => fail(request, response, code, text);
  if (field(request, 'grant_type') !== 'password') return refuse('unsupported_grant_type', UNSUPPORTED_GRANT);
  for (const name of ['username', 'password']) {
    if (field(request, name) === undefined) return refuse('invalid_request', `Missing parameter: '${name}'`);
  }
  const given = { name: field(request, 'username') ?? '', password: field(request, 'password') ?? '' };
  await grantTo(engine, request, response, given);
}

/** The same for Basic; whoever sends none is led to the sign-in page. */
export async function giveTokenForBasic(engine: Engine, request: Request, response: Response): Promise<void> {
  const given = basicCredentials(request);
  if (field(request, 'grant_type') !== HTTP_GRANT) {
    return fail(request, response, 'unsupported_grant_type', UNSUPPORTED_GRANT);
  }
  if (given) return grantTo(engine, request, response, given, true);
  if (engine.behindKeycloak) return void response.status(401).type('html').send('<html><body>Here</body></html>');
  const error = 'error=unauthorized_client&error_description=Authentication+required.';
  response.redirect(302, `${engine.url}/ovirt-engine/oauth2-callback?${error}`);
}

async function grantTo(
  engine: Engine,
  request: Request,
  response: Response,
  given: { name: string; password: string },
  isBasic = false,
): Promise<void> {
  const checked = checkPassword(engine, given.name, given.password);
  if (checked.user === null) {
    if (checked.delayMs > 0) await delay(checked.delayMs, undefined, { ref: false });
    const text = isBasic ? checked.text.replace(/ '[^']*':/, '') : checked.text;
    return fail(request, response, 'access_denied', text);
  }
  const scope = field(request, 'scope') ?? '';
  if (engine.behindKeycloak && !isKnownToKeycloak(scope)) {
    return fail(request, response, 'access_denied', `Cannot authenticate user Invalid scopes: ${scope} openid.`);
  }
  response.json(tokenFor(engine, checked.user, grantedScope(scope)));
}

function tokenFor(engine: Engine, user: SimUser, scope: string) {
  const endsAt = engine.behindKeycloak ? undefined : engine.clock.now() + LOGIN_MS;
  const { secret } = engine.sessions.createToken({ userId: user.id, scope, endsAt, isFresh: true });
  return { access_token: secret, scope, exp: endsAt === undefined ? FOR_EVER : String(endsAt), token_type: 'bearer' };
}
