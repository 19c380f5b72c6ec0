import { bearerChallenge, notAnEngine, refusal } from './engine-answer';
import { dialectV3 } from './dialect-v3';
import { dialectV4 } from './dialect-v4';
import type { Dialect } from './dialect-port';
import { EngineError } from './engine-error';
import { NO_CREDENTIALS, type EngineHttp } from './engine-http';
import * as wire from './wire';

/** Where an engine's REST API may be, in the order to try (oVirt: 3.4 moved it, 4.0 dropped the old place). */
const API_PATHS = ['/ovirt-engine/api', '/api'];
const REALM = /realm="?(ENGINE|RESTAPI)\b/i;

/**
 * Finds the API and its generation from what the engine answers to requests without credentials: the API says 401, and
 * 4.x has an SSO service that complains in JSON. Behind Keycloak it is Apache that says 401. Throws `not_found`,
 * `not_an_engine`, `unavailable`.
 */
export async function detectDialect(http: EngineHttp, signal: AbortSignal): Promise<Dialect> {
  for (const base of API_PATHS) {
    const answer = await http.request({ path: base, credentials: NO_CREDENTIALS, signal });
    if (answer.status === 404) continue;
    if (answer.status >= 500) throw refusal(answer, []);
    if (answer.status !== 401) throw notAnEngine(answer.status);
    if (base === API_PATHS[0] && (await hasSso(http, signal)))
      return dialectV4(base, { behindKeycloak: bearerChallenge(answer) !== null });
    if (!REALM.test(answer.header('www-authenticate') ?? '')) throw notAnEngine(answer.status);
    return dialectV3(base);
  }
  throw new EngineError('not_found', `${http.origin} has no oVirt API at ${API_PATHS.join(' or ')}`, { status: 404 });
}

async function hasSso(http: EngineHttp, signal: AbortSignal): Promise<boolean> {
  const form = { scope: 'ovirt-app-api' };
  const answer = await http.request({
    path: '/ovirt-engine/sso/oauth/token',
    credentials: NO_CREDENTIALS,
    form,
    signal,
  });
  if (answer.status === 404 || answer.status === 405) return false;
  if (answer.status >= 500) throw refusal(answer, []);
  if (answer.status === 400 && wire.ssoError.safeParse(answer.json).success) return true;
  throw notAnEngine(answer.status);
}
