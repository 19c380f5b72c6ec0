import type { Request, Response } from 'express';
import type { Engine } from '../engine';

const PAGE = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html><head>
<title>401 Unauthorized</title>
</head><body>
<h1>Unauthorized</h1>
<p>This server could not verify that you
are authorized to access the document
requested.  Either you supplied the wrong
credentials (e.g., bad password), or your
browser doesn't understand how to supply
the credentials required.</p>
</body></html>
`;
const NO_TOKEN = 'Bearer error="invalid_request", error_description="No bearer token found in the request"';
const BAD_TOKEN = 'Bearer error="invalid_token", error_description="Reference token could not be introspected"';

/**
 * Refuses what Apache lets not pass to the engine behind Keycloak (mod_auth_openidc, `AuthType oauth20`): everything but
 * a token that Keycloak knows.
 * @returns whether it answered
 */
export function refuseAsApache({ sessions }: Engine, request: Request, response: Response): boolean {
  const token = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
  if (token !== undefined && (sessions.find(token)?.kind === 'token' || sessions.isKnownToKeycloak(token)))
    return false;
  response
    .status(401)
    .set('WWW-Authenticate', token === undefined ? NO_TOKEN : BAD_TOKEN)
    .set('Content-Type', 'text/html; charset=iso-8859-1')
    .end(PAGE);
  return true;
}
