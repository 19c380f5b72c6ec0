import type { ProxyOptions } from './proxy-config';

/** Comment lines: the service's settings that go with a proxy's configuration. */
export function serviceSettings({ origin, basePath, service, clientCertificates }: ProxyOptions): string {
  const { hostname } = new URL(service);
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  const settings = [
    `BASE_PATH=${basePath}`,
    ...(origin === undefined ? [] : [`PUBLIC_URL=${origin}`]),
    ...(isLocal ? [] : ['TRUST_PROXY=<address of this proxy>   (without it the headers below are not believed)']),
    ...(clientCertificates ? ['CLIENT_CERT_HEADERS=on'] : []),
  ];
  return ["# The service's own settings that go with this:", ...settings.map((setting) => `#   ${setting}`)].join('\n');
}
