/** The plugin's settings with every default filled in; all URLs absolute. */
export interface PluginConfig {
  /** Where the service lives, without a trailing slash. */
  url: string;
  loginUrl: string;
  logoutUrl: string;
  /** What the engine's user name is prefixed with to give the login. */
  userNamePrefix: string;
  /** The administrator's labels; where one is missing the plugin's own, localised one is used. */
  labels: { dashboard?: string; details?: string; graphs?: string };
  /** Whether a VM without a host gets the sub-tabs, which say so, where webadmin could hide them. */
  showVmsWithoutHost: boolean;
  /** Whether webadmin from 4.2 on is to open with the dashboard. */
  dashboardIsStartPage: boolean;
}

/**
 * Reads webadmin's configuration object (descriptor and `foreman-config.json`, merged). The keys are those of the first
 * Foreman UI plugin; each is optional, and one of the wrong type, or a URL that is none, counts as missing.
 * @param origin webadmin's origin, which relative URLs start from
 * @param warn told about URLs that are none
 */
export function readConfig(raw: unknown, origin: string, warn: (text: string) => void): PluginConfig {
  const given: Record<string, unknown> = typeof raw === 'object' && raw !== null ? { ...raw } : {};
  const text = (key: string): string | undefined => {
    const value = given[key];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const address = (key: string, otherwise: string): string => {
    const value = text(key);
    const found = value === undefined ? undefined : webAddress(value, origin);
    if (value !== undefined && found === undefined)
      warn(`Foreman plugin: "${key}" in foreman-config.json is no web address (${value}); ${otherwise} is taken`);
    return found ?? otherwise;
  };

  const url = address('url', `${origin}/foreman`);
  return {
    url,
    loginUrl: address('loginUrl', `${url}/users/login`),
    logoutUrl: address('logoutUrl', `${url}/users/logout`),
    userNamePrefix: text('ovirtUserNamePrefix') ?? 'ovirt_',
    labels: {
      dashboard: text('foremanDashboardLabel'),
      details: text('foremanDetailsLabel'),
      graphs: text('foremanGraphsLabel'),
    },
    showVmsWithoutHost: given.showVmsWithoutHost === true,
    dashboardIsStartPage: given.dashboardIsStartPage === true,
  };
}

function webAddress(text: string, origin: string): string | undefined {
  try {
    const { protocol, href } = new URL(text, `${origin}/`);
    return protocol === 'https:' || protocol === 'http:' ? href.replace(/\/+$/, '') : undefined;
  } catch {
    return undefined;
  }
}
