export { pluginArchive } from './plugin-archive';
export { CONFIG_DIR, ENGINE_DIR, builtPlugins } from './plugin-files';
export { installPlugins, uninstallPlugins } from './plugin-installer';
export { PROXIES, proxyConfig, type ProxyKind, type ProxyOptions } from './proxy-config';
export { overridesFile, uiPlugins, type UiPlugin } from './ui-plugins';
