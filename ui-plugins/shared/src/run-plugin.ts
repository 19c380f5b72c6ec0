import type { PluginApi } from '../../../src/contracts/plugin-api';
import type { PluginManifest } from '../../../src/contracts/plugin-manifest';
import type { Messages } from './messages';
import { showNotice } from './notice-page';
import { pluginStorage } from './plugin-storage';
import { startPlugin, type PluginFrame } from './start-plugin';

declare global {
  interface Window {
    /** Put there by webadmin. */
    pluginApi?: (name: string) => PluginApi;
  }
}

/** The script of all pages of a plugin: `start.html`, its hidden frame, starts it, `notice.html` shows a notice. */
export function runPlugin<Kind extends string>(
  window: Window,
  manifest: Pick<PluginManifest, 'name' | 'title'>,
  messagesFor: (locale: string) => Messages<Kind>,
  start: (frame: PluginFrame) => void,
): void {
  if (window.document.body.dataset.page !== 'notice') return startPlugin(window, manifest, start);
  showNotice(window, pluginStorage(window.sessionStorage, manifest.name), messagesFor(window.navigator.language));
}
