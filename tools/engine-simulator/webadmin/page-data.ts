import type { Personality } from './personality';
import type { ListRow, WebadminUser, WebadminVm } from './webadmin-engine';

/** One entry of `var pluginDefinitions` in webadmin's page (oVirt: WebAdminHostPageServlet.java). */
export interface PluginDefinition {
  name: string;
  url: string;
  config: Record<string, unknown> | null;
  enabled: boolean;
  /** From 4.1 on: `false` makes the whole UI wait for the plugin's `ready()`. */
  lazyLoad: boolean;
}

/** All that the server puts into webadmin's page for its script. */
export interface PageData {
  personality: Personality;
  pluginDefinitions: PluginDefinition[];
  /** Missing before login. */
  user?: WebadminUser;
  vms: WebadminVm[];
  /** Rows of the other lists, by the token of their place. */
  lists?: Record<string, ListRow[]>;
  locale: string;
}
