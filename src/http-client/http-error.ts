/**
 * What went wrong with an outgoing request:
 * - nothing was asked: not_allowed (no such address is registered, configured or public)
 * - the way to it: unresolvable, refused, unreachable, timeout, connection_lost
 * - TLS: tls_unknown_issuer, tls_name_mismatch, tls_expired, tls_failed (no common protocol or too weak a key)
 * - the answer: redirect, too_large, not_http
 */
export type HttpErrorKind =
  | 'not_allowed'
  | 'unresolvable'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'connection_lost'
  | 'tls_unknown_issuer'
  | 'tls_name_mismatch'
  | 'tls_expired'
  | 'tls_failed'
  | 'redirect'
  | 'too_large'
  | 'not_http';

/** The one error of this room, apart from the reason of a caller's own AbortSignal. Its message names an origin at most. */
export class HttpError extends Error {
  constructor(
    readonly kind: HttpErrorKind,
    message: string,
    /** Of a redirect: the answer's status, and the origin that it leads to. */
    readonly details: { status?: number; target?: string } = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'HttpError';
  }
}
