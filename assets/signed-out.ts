import { tellPlugin } from './tell-plugin';

/** The session has ended. */
export class SignedOut extends Error {}

/**
 * Passes a request's answer on.
 * @throws SignedOut after it has told our plugin, which may renew the session, when that has ended
 */
export function signedIn(response: Response): Response {
  if (response.status !== 401) return response;
  tellPlugin('signed-out');
  throw new SignedOut(`${response.url} was answered 401`);
}
