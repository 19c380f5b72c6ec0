import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import { publicLookup } from './public-lookup';
import type { Route } from './route';

export interface TlsSettings {
  /** PEM chain that alone is trusted; without it the system's authorities are. */
  ca?: string;
  /** False is for fetching what a person will verify: never send credentials over it. Default true. */
  verify?: boolean;
  /** TLS 1.0, SHA-1, short keys and weak ciphers, for servers of 2014. */
  insecureOldTls?: boolean;
}

export interface ConnectionSettings {
  tls?: TlsSettings;
  /** Default 3,000. */
  connectTimeoutMs?: number;
  /** To each origin; default 16. */
  connections?: number;
}

const CONNECT_TIMEOUT_MS = 3_000;
const CONNECTIONS = 16;

/** Kept connections, one set for each way to ask. */
export class Dispatchers {
  private readonly made = new Map<string, Dispatcher>();

  constructor(private readonly settings: ConnectionSettings) {}

  of(route: Route): Dispatcher {
    const key = route.proxy ?? route.addresses;
    const known = this.made.get(key);
    if (known) return known;
    const dispatcher = this.make(route);
    this.made.set(key, dispatcher);
    return dispatcher;
  }

  /** Drops all connections and what runs on them. */
  async close(): Promise<void> {
    await Promise.all([...this.made.values()].map((dispatcher) => dispatcher.destroy()));
  }

  private make({ proxy, addresses }: Route): Dispatcher {
    const { tls = {}, connectTimeoutMs: timeout = CONNECT_TIMEOUT_MS, connections = CONNECTIONS } = this.settings;
    const trust = {
      ca: tls.ca,
      rejectUnauthorized: tls.verify ?? true,
      ...(tls.insecureOldTls && { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT:@SECLEVEL=0' }),
    };
    // Each request has a deadline of its own, or is watched for standing still.
    const shared = { connections, headersTimeout: 0, bodyTimeout: 0 };
    if (proxy !== null)
      return new ProxyAgent({ ...shared, uri: proxy, proxyTunnel: false, requestTls: trust, proxyTls: { timeout } });
    const lookup = addresses === 'public' ? { lookup: publicLookup() } : {};
    return new Agent({ ...shared, connect: { timeout, ...trust, ...lookup } });
  }
}
