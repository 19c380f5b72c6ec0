import type { Request } from 'express';
import type { TLSSocket } from 'node:tls';
import { fromTrustedProxy } from '../../web';
import { commonNameOf } from './distinguished-name';

/**
 * The name in the caller's verified client certificate: from our own TLS listener, or, where that is believed, from a
 * trusted proxy's SSL_CLIENT_VERIFY and SSL_CLIENT_S_DN (Foreman: ssl_client_verify_env, ssl_client_dn_env).
 * @returns lower-case common name, or null; a subject with several common names counts as none
 */
export function certificateName(request: Request, believeHeaders: boolean): string | null {
  const socket = request.socket as TLSSocket;
  if (socket.encrypted && socket.authorized) {
    const name: unknown = socket.getPeerCertificate().subject?.CN;
    return typeof name === 'string' ? name.toLowerCase() : null;
  }
  if (!believeHeaders || !fromTrustedProxy(request)) return null;
  if (request.headers.ssl_client_verify !== 'SUCCESS') return null;
  return commonNameOf(String(request.headers.ssl_client_s_dn ?? ''))?.toLowerCase() ?? null;
}
