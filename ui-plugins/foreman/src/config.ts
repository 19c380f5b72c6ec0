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
}

/**
 * Reads webadmin's configuration object (descriptor and `foreman-config.json`, merged). The keys are those of the first
 * Foreman UI plugin; each is optional, and one of the wrong type counts as missing.
 * @param origin webadmin's origin, which relative URLs start from
 */
export function readConfig(raw: unknown, origin: string): PluginConfig {
  const given: Record<string, unknown> = typeof raw === 'object' && raw !== null ? { ...raw } : {};
  const text = (key: string): string | undefined => {
    const value = given[key];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const absolute = (url: string): string => new URL(url, `${origin}/`).href.replace(/\/+$/, '');

  const url = absolute(text('url') ?? '/foreman');
  return {
    url,
    loginUrl: absolute(text('loginUrl') ?? `${url}/users/login`),
    logoutUrl: absolute(text('logoutUrl') ?? `${url}/users/logout`),
    userNamePrefix: text('ovirtUserNamePrefix') ?? 'ovirt_',
    labels: {
      dashboard: text('foremanDashboardLabel'),
      details: text('foremanDetailsLabel'),
      graphs: text('foremanGraphsLabel'),
    },
  };
}
