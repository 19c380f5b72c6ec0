import type { PluginMessage } from '../src/contracts/plugin-messages';

/**
 * Tells webadmin that this page's session ended, so that our plugin may renew it. Any origin may read it: it holds
 * nothing secret, and frame-ancestors decides who can be the parent at all.
 */
export function reportSignedOut(): void {
  const message: PluginMessage = { source: 'foreman-ovirt', type: 'signed-out' };
  if (window.parent !== window) window.parent.postMessage(message, '*');
}
