import type { PluginMessage } from '../src/contracts/plugin-messages';

/**
 * Tells webadmin that this page's session ended, so that our plugin may renew it. Any origin may read it: it holds
 * nothing secret, and frame-ancestors decides who can be the parent at all.
 */
export function reportSignedOut(): void {
  const message: PluginMessage = { source: 'foreman-ovirt', type: 'signed-out' };
  if (window.parent !== window) window.parent.postMessage(message, '*');
}

/** The session has ended. */
export class SignedOut extends Error {}

/**
 * Passes a request's answer on.
 * @throws SignedOut after it has told webadmin, when the session has ended
 */
export function signedIn(response: Response): Response {
  if (response.status !== 401) return response;
  reportSignedOut();
  throw new SignedOut(`${response.url} was answered 401`);
}
