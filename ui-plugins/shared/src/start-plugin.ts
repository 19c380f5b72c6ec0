import type { PluginManifest } from '../../../src/contracts/plugin-manifest';
import type { PluginWindow } from './plugin-window';
import { webadminOf, type Webadmin } from './webadmin';

/** What a plugin starts with in its hidden frame. */
export interface PluginFrame {
  window: PluginWindow;
  webadmin: Webadmin;
  /** webadmin's configuration object of this plugin, for `Settings`. */
  config: unknown;
}

/**
 * Starts the plugin in the webadmin whose hidden frame this window is; does nothing outside of one. A plugin that cannot
 * start says so in the browser's console.
 */
export function startPlugin(
  window: PluginWindow,
  { name, title }: Pick<PluginManifest, 'name' | 'title'>,
  start: (frame: PluginFrame) => void,
): void {
  const api = window.parent.pluginApi?.(name);
  try {
    if (api) start({ window, webadmin: webadminOf(window, api, title), config: api.configObject() });
  } catch (error) {
    // eslint-disable-next-line no-console -- webadmin has no logger for a plugin that is not in use
    console.error(`${title} plugin: it did not start`, error);
  }
}
