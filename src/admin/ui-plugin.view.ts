import { CONFIG_DIR, ENGINE_DIR, OVERRIDES, PROXIES, proxyConfig, type ProxyKind } from '../deployment';
import type { Urls } from '../web';

const PROXY_NAMES: Record<ProxyKind, string> = { apache: 'Apache httpd', nginx: 'nginx' };
const ARCHIVE = 'foreman-ui-plugin.tar';

/** What an administrator needs to put plugin and service in place; the page's JSON. */
export interface UiPluginSetup {
  /** The service as browsers see it: a path where nothing tells its origin. */
  service_url: string;
  /** The content of the plugin's overrides, where its default does not find the service. */
  overrides: { path: string; text: string };
  /** Empty where the service owns its whole origin. */
  proxies: { name: string; path: string; text: string }[];
}

/** @param of.origin the service's as the engine's people see it, where that is known */
export function uiPluginSetup(of: { basePath: string; origin?: string; service: string }): UiPluginSetup {
  const { basePath, origin, service } = of;
  const serviceUrl = `${origin ?? ''}${basePath}` || '/';
  const proxies = basePath === '' ? [] : PROXIES;
  return {
    service_url: serviceUrl,
    overrides: {
      path: `${CONFIG_DIR}/${OVERRIDES}`,
      text: `${JSON.stringify({ config: { url: serviceUrl } }, null, 2)}\n`,
    },
    proxies: proxies.map((kind) => ({
      name: PROXY_NAMES[kind],
      ...proxyConfig(kind, { origin, basePath, service, clientCertificates: false }),
    })),
  };
}

/** Locals of admin/ui-plugin.hbs. */
interface UiPluginPage extends UiPluginSetup {
  archiveUrl: string;
  knowsOrigin: boolean;
  commands: string;
}

export function uiPluginPage(setup: UiPluginSetup, urls: Urls): UiPluginPage {
  return {
    ...setup,
    knowsOrigin: setup.service_url.startsWith('http'),
    archiveUrl: urls.url('/ui_plugin/archive.tar'),
    commands: [
      `scp ${ARCHIVE} root@engine.example.com:/root/`,
      `ssh root@engine.example.com`,
      `tar -xf /root/${ARCHIVE} -C /`,
      `restorecon -R ${ENGINE_DIR}`,
      '',
    ].join('\n'),
  };
}
