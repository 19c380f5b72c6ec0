/** The history tokens of the plugin's tabs. */
export const tokens = { dashboard: 'foreman-dashboard', details: 'foreman-details', graphs: 'foreman-graphs' } as const;
export type Token = (typeof tokens)[keyof typeof tokens];
