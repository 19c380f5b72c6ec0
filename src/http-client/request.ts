import type { Readable } from 'node:stream';

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A body that is sent as fast as it is taken. */
export interface StreamedBody {
  source: Readable;
  /** Its length, which the receiver is told. */
  bytes: number;
}

export interface HttpRequest {
  url: URL;
  /** Default GET. */
  method?: HttpMethod;
  /** Names in lower case. */
  headers?: Record<string, string>;
  /** Headers that prove who asks: no redirect takes them along. */
  credentials?: Record<string, string>;
  body?: string | Buffer | StreamedBody;
  /** Ends it, with its reason. */
  signal: AbortSignal;
  /** It carries a password: not even a GET is repeated, since each try counts where passwords are guessed. */
  sendOnce?: boolean;
  /** How many redirects of a GET are followed, each to what the policy allows; default 0. */
  redirects?: number;
}
