import { readServiceAddress, type ServiceAddress } from '../../shared/src/service-address';
import { Settings } from '../../shared/src/settings';
import manifest from '../plugin.json';

/** The plugin's settings with every default filled in. */
export interface PluginConfig {
  service: ServiceAddress;
  /** The administrator's labels; where one is missing the plugin's own, localised one is used. */
  labels: { dashboard?: string; details?: string; graphs?: string };
  /** Whether a VM without a host gets the sub-tabs, which say so, where webadmin could hide them. */
  showVmsWithoutHost: boolean;
  /** Whether webadmin from 4.2 on is to open with the dashboard. */
  dashboardIsStartPage: boolean;
}

/**
 * @param raw webadmin's configuration object
 * @param origin webadmin's, which relative URLs start from
 * @param warn told about URLs that are none
 */
export function readConfig(raw: unknown, origin: string, warn: (text: string) => void): PluginConfig {
  const settings = new Settings<keyof typeof manifest.settings>(raw, manifest.name, origin, warn);
  return {
    service: readServiceAddress(settings),
    labels: {
      dashboard: settings.text('foremanDashboardLabel'),
      details: settings.text('foremanDetailsLabel'),
      graphs: settings.text('foremanGraphsLabel'),
    },
    showVmsWithoutHost: settings.choice('showVmsWithoutHost'),
    dashboardIsStartPage: settings.choice('dashboardIsStartPage'),
  };
}
