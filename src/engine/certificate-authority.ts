import { pemBlocks, readCertificates, type CertificateInfo } from './certificates';
import { EngineError } from './engine-error';
import { EngineHttp, NO_CREDENTIALS } from './engine-http';
import type { EngineSettings } from './engine-settings';

/** An engine's own authority, fetched without verification: only to be shown and confirmed. */
export interface AuthorityOffer {
  pem: string;
  certificates: CertificateInfo[];
}

/** Where engines give their CA away (oVirt: PKIResourceServlet, 3.4+; before, a file). */
const CA_PATHS = ['/ovirt-engine/services/pki-resource?resource=ca-certificate&format=X509-PEM-CA', '/ca.crt'];
const MAX_CA_BYTES = 64 * 1024;

/** The authority an engine offers, provided that trusting it would make its TLS verifiable; else null. Sends no credentials. */
export async function fetchAuthority(settings: EngineSettings, signal?: AbortSignal): Promise<AuthorityOffer | null> {
  const http = new EngineHttp({ ...settings, ca: undefined, maxAnswerBytes: MAX_CA_BYTES }, { verifyTls: false });
  try {
    const pem = await http.within(signal, (deadline) => firstPem(http, deadline));
    if (pem === null || !(await verifiesWith({ ...settings, ca: pem }, signal))) return null;
    return { pem, certificates: readCertificates(pem) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof EngineError) return null;
    throw error;
  } finally {
    await http.close();
  }
}

async function firstPem(http: EngineHttp, signal: AbortSignal): Promise<string | null> {
  for (const path of CA_PATHS) {
    const { status, text } = await http.request({ path, credentials: NO_CREDENTIALS, signal });
    const blocks = status === 200 ? pemBlocks(text()) : [];
    if (blocks.length > 0) return `${blocks.join('\n')}\n`;
  }
  return null;
}

async function verifiesWith(settings: EngineSettings, signal?: AbortSignal): Promise<boolean> {
  const http = new EngineHttp(settings);
  try {
    await http.within(signal, (deadline) => http.request({ path: '/', credentials: NO_CREDENTIALS, signal: deadline }));
    return true;
  } catch (error) {
    return !(error instanceof EngineError && error.kind === 'tls_unknown_issuer');
  } finally {
    await http.close();
  }
}
