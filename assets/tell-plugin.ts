import type { PluginMessage } from '../src/contracts/plugin-messages';

/**
 * Tells our plugin in webadmin, in whose frame the page is. Any origin may read it: it holds nothing secret, and
 * frame-ancestors decides who can be the parent at all.
 */
export function tellPlugin(type: PluginMessage['type']): void {
  const message: PluginMessage = { source: 'foreman-ovirt', type };
  if (window.parent !== window) window.parent.postMessage(message, '*');
}
