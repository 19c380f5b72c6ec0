import type { PluginTabs } from '../../shared/src/tabs';

/** The history tokens of the plugin's tabs. */
export const tokens = { dashboard: 'foreman-dashboard', details: 'foreman-details', graphs: 'foreman-graphs' } as const;
export type Token = (typeof tokens)[keyof typeof tokens];

/** Those of a VM's sub-tabs. */
export const vmTokens = [tokens.details, tokens.graphs];

export const tabs: PluginTabs = { main: [tokens.dashboard], vm: vmTokens };
