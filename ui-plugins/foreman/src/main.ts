import type { PluginApi } from '../../../src/contracts/plugin-api';
import { startPlugin } from './plugin';
import { showRefusal } from './refused-page';

declare global {
  interface Window {
    /** Put there by webadmin. */
    pluginApi?: (name: string) => PluginApi;
  }
}

if (document.body.dataset.page === 'refused') showRefusal(window);
else startPlugin(window);
