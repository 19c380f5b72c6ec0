import { EngineError } from './engine-error';

/**
 * Sends a password, or does not where another wrong one might lock the account; throws then.
 * @param send gives EngineErrors
 */
export type PasswordTry = <T>(user: string, send: () => Promise<T>) => Promise<T>;

/** How to reach one engine. */
export interface EngineSettings {
  /** Its address, such as `https://engine.example.com/ovirt-engine/api`; only the origin counts, the API path is found out. */
  url: string;
  /** PEM chain that alone is trusted; without it the system's authorities are. */
  ca?: string;
  /**
   * For engines 3.2 to 4.1 whose TLS a present OpenSSL refuses: allows TLS 1.0, SHA-1 signatures, 1024-bit keys and
   * weak ciphers. Whoever sits on the way can then break or forge the connection with moderate effort, and with it
   * take sessions and the service account's password. The certificate is still checked.
   */
  insecureOldTls?: boolean;
  /** Defaults: 3,000 to connect, 10,000 for a whole call with all its requests but signing in. */
  connectTimeoutMs?: number;
  totalTimeoutMs?: number;
  /** Default 30,000: an engine holds each refusal of a password back for 5,000 (oVirt: aaa-jdbc MINIMUM_RESPONSE_SECONDS). */
  signInTimeoutMs?: number;
  /** Larger answers are cut off, before and after they are unpacked; default 8 MiB. */
  maxAnswerBytes?: number;
}

export const DEFAULT_CONNECT_TIMEOUT_MS = 3_000;
export const DEFAULT_TOTAL_TIMEOUT_MS = 10_000;
export const DEFAULT_SIGN_IN_TIMEOUT_MS = 30_000;
export const DEFAULT_MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** A name (international ones in their ASCII form), or an IPv4 or IPv6 address. */
const HOST = /^([\w.-]+|\[[\da-f:.]+\])$/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The parsed address of an engine. Plain HTTP is for an engine on this very machine only: sessions and passwords would
 * cross the network readable. Throws `invalid_url`.
 */
export function parseEngineUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new EngineError(
      'invalid_url',
      'The engine address must look like https://engine.example.com/ovirt-engine/api',
    );
  }
  // URL takes `*` and `;` in a host name; the origin goes into our Content-Security-Policy.
  if (!HOST.test(url.hostname)) {
    throw new EngineError('invalid_url', `${url.host} is no host name: give it in full, such as engine.example.com`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new EngineError(
      'invalid_url',
      'The engine address must not hold a user or password; give them in their own fields',
    );
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throw new EngineError(
      'invalid_url',
      `Use https:// for ${url.host}: over http:// sessions and passwords can be read on the way`,
    );
  }
  return url;
}
