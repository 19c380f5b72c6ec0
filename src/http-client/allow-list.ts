import { isIP } from 'node:net';
import { isPublicAddress } from '../common/ip-address';
import { proxyFor, type ProxySettings } from './proxy';
import { notAllowed, type OutgoingPolicy, type Route } from './route';

/**
 * What may be asked beside engines. An entry is a host name (`quay.io`, with a port where it is not 443): asked by HTTPS, at
 * public addresses alone; or a whole origin (`http://registry.lan:5000`): a site's own, wherever it is.
 */
export class AllowList implements OutgoingPolicy {
  private readonly publicOrigins = new Set<string>();
  private readonly ownOrigins = new Set<string>();

  /** Throws an Error that names the entry which is none. */
  constructor(
    entries: readonly string[],
    private readonly proxy: ProxySettings = {},
  ) {
    for (const entry of entries) {
      const isOwn = entry.includes('://');
      const url = URL.parse(isOwn ? entry : `https://${entry}`);
      if (!url || !isBareOrigin(url))
        throw new Error(`${entry} is neither a host name nor an address like https://host:5000`);
      (isOwn ? this.ownOrigins : this.publicOrigins).add(url.origin);
    }
  }

  routeOf(url: URL): Route {
    const isOwn = this.ownOrigins.has(url.origin);
    if (!isOwn && !this.publicOrigins.has(url.origin)) throw notAllowed(url);
    const proxy = proxyFor(url, this.proxy);
    // The proxy resolves names, so the name alone decides.
    if (proxy !== null || isOwn) return { proxy, addresses: 'any' };
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw notAllowed(url); // nobody resolves it
    return { proxy: null, addresses: 'public' };
  }
}

const isBareOrigin = (url: URL) =>
  ['http:', 'https:'].includes(url.protocol) && url.hostname !== '' && url.href === `${url.origin}/`;
