/**
 * What went wrong with an engine:
 * - the way to it: unresolvable, refused, unreachable, timeout, connection_lost
 * - TLS: tls_unknown_issuer, tls_name_mismatch, tls_expired, tls_failed (no common protocol or too weak a key)
 * - what answers is not what was registered: redirect, too_large, not_an_engine, too_old
 * - the engine's own refusals: bad_request (400), unauthorized (401), forbidden (403, or 400 where a query is for
 *   administrators alone), not_found (404), conflict (409), unavailable (502–504), fault (the rest)
 * - no_rights: a 401 for want of any role in the engine, so that no new session helps
 * - ended_or_no_rights: a 401 of the engine behind Keycloak, where it does not tell an ended session from that
 * - nothing was asked: invalid_url, invalid_ca, invalid_secret, invalid_id, invalid_user (without its profile),
 *   unsupported (the engine is too old for it)
 * - no_such_user: the engine knows the session, but has no user of the claimed id
 * - no_proof: this engine cannot prove who owns the session
 */
export type EngineErrorKind =
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
  | 'not_an_engine'
  | 'too_old'
  | 'bad_request'
  | 'unauthorized'
  | 'no_rights'
  | 'ended_or_no_rights'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'unavailable'
  | 'fault'
  | 'invalid_url'
  | 'invalid_ca'
  | 'invalid_secret'
  | 'invalid_id'
  | 'invalid_user'
  | 'unsupported'
  | 'no_such_user'
  | 'no_proof';

/** Who says no: the engine, Apache before it (mod_auth_openidc), or Keycloak, which knows the passwords. */
export type Refuser = 'engine' | 'apache' | 'keycloak';

/** Free of secrets: every text an engine sent was searched for the credentials of its request. */
export interface EngineErrorDetails {
  /** HTTP status of the answer. */
  status?: number;
  /** The engine's `reason` and `detail` (oVirt: Fault), of an HTML page its text as `detail`; at most 500 characters each. */
  reason?: string;
  detail?: string;
  /** Of an answer outside 2xx. */
  refusedBy?: Refuser;
  /** Of a write that got no answer: the engine may have done it, or may still. */
  mayBeDone?: true;
  /** Of a fault that answers a write. */
  write?: true;
}

/** The one error type of this folder, apart from the reason of a caller's own AbortSignal. */
export class EngineError extends Error {
  constructor(
    readonly kind: EngineErrorKind,
    message: string,
    readonly details: EngineErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'EngineError';
  }
}

/** Whether it means that the engine takes this session or password no more. */
export function mayHaveEnded(error: unknown): boolean {
  return error instanceof EngineError && (error.kind === 'unauthorized' || error.kind === 'ended_or_no_rights');
}
