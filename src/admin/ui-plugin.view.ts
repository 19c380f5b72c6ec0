import {
  CONFIG_DIR,
  ENGINE_DIR,
  PROXIES,
  overridesFile,
  proxyConfig,
  type ProxyKind,
  type UiPlugin,
} from '../deployment';
import type { Urls } from '../web';

const PROXY_NAMES: Record<ProxyKind, string> = { apache: 'Apache httpd', nginx: 'nginx' };
const ARCHIVE = 'foreman-ui-plugin.tar';

/** What an administrator needs to put plugins and service in place; the page's JSON. */
export interface UiPluginSetup {
  /** The service as browsers see it: a path where nothing tells its origin. */
  service_url: string;
  /** `overrides`: what to write where its default does not find the service. */
  plugins: { name: string; title: string; summary: string; overrides: { path: string; text: string } }[];
  /** Empty where the service owns its whole origin. */
  proxies: { name: string; path: string; text: string }[];
}

/** @param of.origin the service's as the engine's people see it, where that is known */
export function uiPluginSetup(
  plugins: readonly UiPlugin[],
  of: { basePath: string; origin?: string; service: string },
): UiPluginSetup {
  const { basePath, origin, service } = of;
  const serviceUrl = `${origin ?? ''}${basePath}` || '/';
  const proxies = basePath === '' ? [] : PROXIES;
  return {
    service_url: serviceUrl,
    plugins: plugins.map((plugin) => ({
      ...{ name: plugin.name, title: plugin.title, summary: plugin.summary },
      overrides: {
        path: `${CONFIG_DIR}/${overridesFile(plugin)}`,
        text: `${JSON.stringify({ config: { url: serviceUrl } }, null, 2)}\n`,
      },
    })),
    proxies: proxies.map((kind) => ({
      name: PROXY_NAMES[kind],
      ...proxyConfig(kind, { origin, basePath, service, clientCertificates: false }),
    })),
  };
}

/** Locals of admin/ui-plugin.hbs. */
interface UiPluginPage extends UiPluginSetup {
  /** `archiveUrl`: of the plugin alone, where there are several. */
  plugins: (UiPluginSetup['plugins'][number] & { archiveUrl?: string })[];
  /** Of all plugins. */
  archiveUrl: string;
  knowsOrigin: boolean;
  commands: string;
}

export function uiPluginPage(setup: UiPluginSetup, urls: Urls): UiPluginPage {
  const archiveUrl = urls.url('/ui_plugin/archive.tar');
  const alone = (name: string): string | undefined =>
    setup.plugins.length > 1 ? `${archiveUrl}?name=${encodeURIComponent(name)}` : undefined;
  return {
    ...setup,
    plugins: setup.plugins.map((plugin) => ({ ...plugin, archiveUrl: alone(plugin.name) })),
    knowsOrigin: setup.service_url.startsWith('http'),
    archiveUrl,
    commands: [
      `scp ${ARCHIVE} root@engine.example.com:/root/`,
      `ssh root@engine.example.com`,
      `tar -xf /root/${ARCHIVE} -C /`,
      `restorecon -R ${ENGINE_DIR}`,
      '',
    ].join('\n'),
  };
}
