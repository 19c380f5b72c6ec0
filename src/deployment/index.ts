export { pluginArchive } from './plugin-archive';
export { CONFIG_DIR, ENGINE_DIR, OVERRIDES, readPluginFiles } from './plugin-files';
export { installPlugin, uninstallPlugin } from './plugin-installer';
export { PROXIES, proxyConfig, type ProxyKind, type ProxyOptions } from './proxy-config';
