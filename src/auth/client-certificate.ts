import type { Request } from 'express';
import type { TLSSocket } from 'node:tls';
import { fromTrustedProxy } from '../web';

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
  return commonName(String(request.headers.ssl_client_s_dn ?? ''));
}

/** Of "CN=web1,O=Example" (RFC 2253) or "/O=Example/CN=web1" (OpenSSL's old form). */
export function commonName(subject: string): string | null {
  const separator = subject.startsWith('/') ? '/' : ',';
  const names = subject
    .split(separator)
    .map((part) => /^\s*CN\s*=\s*(.+?)\s*$/i.exec(part)?.[1])
    .filter((name) => name !== undefined);
  return names.length === 1 && names[0] !== undefined && !names[0].endsWith('\\') ? names[0].toLowerCase() : null;
}
