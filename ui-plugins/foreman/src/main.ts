import type { PluginApi } from '../../../src/contracts/plugin-api';
import { showNotice } from './notice-page';
import { startPlugin } from './plugin';

declare global {
  interface Window {
    /** Put there by webadmin. */
    pluginApi?: (name: string) => PluginApi;
  }
}

if (document.body.dataset.page === 'notice') showNotice(window);
else startPlugin(window);
