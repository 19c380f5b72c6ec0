import express, { Router, type Request, type Response } from 'express';
import { basicCredentials, userNameOf, type Engine } from '../engine';
import { fail, field } from './forms';
import { acceptsJson, giveToken, giveTokenForBasic } from './grants';

/** The client that owns webadmin's tokens; any other client may not look into them. */
const CORE_CLIENT = { id: 'ovirt-engine-core', secret: 'core-secret' };
const VALIDATE_SCOPE = 'ovirt-ext=token-info:validate';
const EXPIRED = 'The provided authorization grant for the auth code has expired.';

/** `/ovirt-engine/sso` and `/ovirt-engine/services/sso-logout` of 4.x (oVirt: OAuth*Servlet.java, SsoService.java). */
export function sso(engine: Engine): Router {
  const router = Router();
  router.use(express.urlencoded({ extended: false }));
  router.all('/sso/oauth/token', (request, response) => giveToken(engine, request, response));
  router.post('/sso/oauth/token-http-auth', (request, response) => giveTokenForBasic(engine, request, response));
  router.post('/sso/oauth/token-info', (request, response) => tokenInfo(engine, request, response));
  router.post('/sso/oauth/revoke', (request, response) => {
    if (!isCoreClient(request, response)) return;
    engine.sessions.end(field(request, 'token') ?? '');
    response.json({});
  });
  router.post('/services/sso-logout', (request, response) => {
    engine.sessions.logOut(field(request, 'token') ?? '');
    response.json({});
  });
  router.get('/sso/status', (_request, response) => {
    response.json({ status_description: 'SSO Webapp Deployed', version: '0', status: 'active' });
  });
  return router;
}

/** The answer keeps Jackson's default typing: every map and list is a pair of Java class and content. */
function tokenInfo(engine: Engine, request: Request, response: Response): void {
  if (!acceptsJson(engine, request, response)) return;
  const session = engine.sessions.find(field(request, 'token') ?? '');
  const user = session && engine.data.users.find(({ id }) => id === session.userId);
  if (session) engine.sessions.touch(session);
  const isValidation = field(request, 'scope') === VALIDATE_SCOPE;
  if (!isValidation && !isCoreClient(request, response)) return;
  if (!session || !user) return fail(request, response, 'invalid_grant', EXPIRED);
  if (isValidation) return void response.json({});
  response.json({
    ...{ active: true, token_type: 'bearer', client_id: CORE_CLIENT.id, scope: session.scope },
    user_id: userNameOf(user, engine.personality),
    user_authz: `${user.domain}-authz`,
    exp: '9223372036854775807',
    ovirt: [
      'java.util.HashMap',
      {
        ...{ version: '0', principal_id: user.id, namespace: '*', email: user.email || null },
        ...{ first_name: user.firstName || null, last_name: user.lastName || null },
        group_ids: ['java.util.ArrayList', []],
        capability_credentials_change: true,
      },
    ],
  });
}

/** Otherwise refuses. */
function isCoreClient(request: Request, response: Response): boolean {
  const basic = basicCredentials(request);
  const id = basic?.name ?? field(request, 'client_id');
  const secret = basic?.password ?? field(request, 'client_secret');
  if (id === undefined) fail(request, response, 'invalid_request', "Missing parameter: 'client_id'");
  else if (id !== CORE_CLIENT.id) fail(request, response, 'unauthorized_client', 'The client is not authorized');
  else if (secret !== CORE_CLIENT.secret)
    fail(request, response, 'invalid_request', "Missing parameter: 'client_secret'");
  else return true;
  return false;
}
