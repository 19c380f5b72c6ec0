/** As in the environment variables of these names. */
export interface ProxySettings {
  /** For `https:` and `http:`; may hold user and password. */
  httpsProxy?: string;
  httpProxy?: string;
  /** Hosts that are asked without, separated by commas: `registry.lan`, `.lan` and `*.lan` (all below), `10.0.0.5:5000`, `*`. */
  noProxy?: string;
}

/** The proxy that an address is asked through; null: none. */
export function proxyFor(url: URL, { httpsProxy, httpProxy, noProxy = '' }: ProxySettings): string | null {
  const proxy = url.protocol === 'https:' ? httpsProxy : httpProxy;
  if (!proxy) return null;
  return noProxy.split(/[\s,]+/).some((entry) => isMeant(entry.toLowerCase(), url)) ? null : proxy;
}

function isMeant(entry: string, url: URL): boolean {
  if (entry === '' || entry === '*') return entry === '*';
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry.replace(/^\*?\./, '')) ?? [];
  if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false;
  return url.hostname === host || url.hostname.endsWith(`.${host}`);
}
