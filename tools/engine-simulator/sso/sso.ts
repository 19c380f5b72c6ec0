import express, { Router, type Request, type Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import { basicCredentials, userNameOf, type Engine } from '../engine';
import { checkPassword } from './passwords';

/** The client that owns webadmin's tokens; any other client may not look into them. */
const CORE_CLIENT = { id: 'ovirt-engine-core', secret: 'core-secret' };
const API_SCOPE = 'ovirt-app-api';
const UNSUPPORTED_GRANT = 'The authorization grant type is not supported by the authorization server.';

/** `/ovirt-engine/sso` and `/ovirt-engine/services/sso-logout` of 4.x (oVirt: OAuth*Servlet.java, SsoService.java). */
export function sso(engine: Engine): Router {
  const router = Router();
  router.use(express.urlencoded({ extended: false }));
  router.post('/sso/oauth/token', (request, response) => giveToken(engine, request, response));
  router.post('/sso/oauth/token-info', (request, response) => tokenInfo(engine, request, response));
  router.post('/sso/oauth/revoke', (request, response) => {
    if (!isCoreClient(request)) return fail(request, response, 'unauthorized_client', 'The client is not authorized');
    return void response.json({});
  });
  router.post('/services/sso-logout', (request, response) => {
    engine.sessions.end(field(request, 'token'));
    response.json({});
  });
  return router;
}

function field(request: Request, name: string): string {
  const value: unknown = (request.body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}

/** The header must be this text exactly: `application/json, text/plain` already fails. */
const acceptsJson = (request: Request) => request.get('accept') === 'application/json';

/** Errors are always 400; their shape depends on the scope. */
function fail(request: Request, response: Response, code: string, text: string): void {
  const forApi = field(request, 'scope').includes(API_SCOPE);
  response.status(400).json(forApi ? { error_code: code, error: text } : { error: code, error_description: text });
}

async function giveToken(engine: Engine, request: Request, response: Response): Promise<void> {
  if (!acceptsJson(request)) return fail(request, response, 'invalid_request', "Missing parameter: 'Accept Header'");
  const grant = field(request, 'grant_type');
  if (grant !== 'password') return fail(request, response, 'unsupported_grant_type', UNSUPPORTED_GRANT);
  const checked = checkPassword(engine, field(request, 'username'), field(request, 'password'));
  if (checked.user === null) {
    if (checked.delayMs > 0) await delay(checked.delayMs, undefined, { ref: false });
    return fail(request, response, 'access_denied', checked.text);
  }
  const { secret } = engine.sessions.createToken({ userId: checked.user.id });
  response.json({
    access_token: secret,
    scope: `${API_SCOPE} ovirt-ext=token:password-access`,
    exp: '9223372036854775807',
    token_type: 'bearer',
  });
}

/** The answer keeps Jackson's default typing: every map and list is a pair of Java class and content. */
function tokenInfo(engine: Engine, request: Request, response: Response): void {
  if (!acceptsJson(request)) return fail(request, response, 'invalid_request', "Missing parameter: 'Accept Header'");
  const session = engine.sessions.find(field(request, 'token'));
  const user = session && engine.data.users.find(({ id }) => id === session.userId);
  if (session) engine.sessions.touch(session);
  if (!user) return fail(request, response, 'invalid_grant', 'The provided authorization grant is invalid or expired.');
  if (field(request, 'scope') === 'ovirt-ext=token-info:validate') return void response.json({});
  if (!isCoreClient(request)) return fail(request, response, 'unauthorized_client', 'The client is not authorized');
  response.json({
    active: true,
    token_type: 'bearer',
    client_id: CORE_CLIENT.id,
    user_id: userNameOf(user, engine.personality),
    scope: API_SCOPE,
    exp: '9223372036854775807',
    ovirt: [
      'java.util.HashMap',
      {
        version: '0',
        principal_id: user.id,
        namespace: '*',
        email: user.email || null,
        first_name: user.firstName || null,
        last_name: user.lastName || null,
        group_ids: ['java.util.ArrayList', []],
        capability_credentials_change: true,
      },
    ],
  });
}

function isCoreClient(request: Request): boolean {
  const basic = basicCredentials(request);
  const id = basic?.name ?? field(request, 'client_id');
  const secret = basic?.password ?? field(request, 'client_secret');
  return id === CORE_CLIENT.id && secret === CORE_CLIENT.secret;
}
