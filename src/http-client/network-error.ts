import { z } from 'zod';
import { HttpError, type HttpErrorKind } from './http-error';

const KINDS: Record<string, HttpErrorKind> = {
  ENOTFOUND: 'unresolvable',
  EAI_AGAIN: 'unresolvable',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UNABLE_TO_GET_ISSUER_CERT: 'tls_unknown_issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls_unknown_issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls_unknown_issuer',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_unknown_issuer',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_unknown_issuer',
  CERT_SIGNATURE_FAILURE: 'tls_unknown_issuer',
  INVALID_CA: 'tls_unknown_issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls_name_mismatch',
  CERT_HAS_EXPIRED: 'tls_expired',
  CERT_NOT_YET_VALID: 'tls_expired',
  CA_MD_TOO_WEAK: 'tls_failed',
  CA_KEY_TOO_SMALL: 'tls_failed',
  EE_KEY_TOO_SMALL: 'tls_failed',
  EPROTO: 'tls_failed',
  EADDRNOTALLOWED: 'not_allowed',
};

const SENTENCES: Partial<Record<HttpErrorKind, string>> = {
  unresolvable: 'has a host name that cannot be resolved; check its spelling and the DNS',
  refused: 'refuses the connection; check the port and that it runs',
  unreachable: 'cannot be reached from this machine; check the network',
  timeout: 'did not answer in time',
  connection_lost: 'dropped the connection',
  tls_unknown_issuer: 'has a certificate of an unknown issuer; trust its CA',
  tls_name_mismatch: 'has a certificate for other names; use an address the certificate is made for',
  tls_expired: 'has a certificate that has expired or is not valid yet',
  tls_failed: 'does not agree on TLS: its protocol, key or signature is too old, or it does not speak TLS on this port',
  not_http: 'does not speak HTTP',
  not_allowed: 'has an address that may not be asked: it is neither public nor of this site',
};

/** What a failed connection or request to an origin means. */
export function networkError(origin: string, cause: unknown): HttpError {
  const kind = kindOf(cause);
  return new HttpError(kind, `${origin} ${SENTENCES[kind] ?? 'failed'}`, {}, { cause });
}

const failure = z.object({ name: z.string(), code: z.string().default('') });

function kindOf(cause: unknown): HttpErrorKind {
  const { name, code } = failure.catch({ name: '', code: '' }).parse(cause);
  if (KINDS[code]) return KINDS[code];
  if (code.startsWith('Z_')) return 'not_http'; // it says gzip, and is none
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'tls_failed';
  return name === 'HTTPParserError' ? 'not_http' : 'connection_lost';
}
