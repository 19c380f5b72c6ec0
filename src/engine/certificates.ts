import { X509Certificate } from 'node:crypto';
import { EngineError } from './engine-error';

/** What a person compares before trusting a certificate. */
export interface CertificateInfo {
  /** `CN=engine.example.com.12345, O=example.com, C=US` */
  subject: string;
  /** SHA-256 of the DER form, `AB:CD:…`, as `openssl x509 -fingerprint -sha256` prints it. */
  fingerprint: string;
  validUntil: Date;
}

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates in a text, each in PEM form; what is around them is dropped. */
export function pemBlocks(text: string): string[] {
  return text.match(PEM_BLOCK) ?? [];
}

/** The certificates of a PEM text. Throws `invalid_ca` when there is none or one cannot be read. */
export function readCertificates(pem: string): CertificateInfo[] {
  const blocks = pemBlocks(pem);
  if (blocks.length === 0) throw new EngineError('invalid_ca', 'The CA must be one or more certificates in PEM form');
  return blocks.map((block) => {
    try {
      const { subject, fingerprint256, validTo } = new X509Certificate(block);
      const name = subject.split('\n').reverse().join(', ');
      return { subject: name, fingerprint: fingerprint256, validUntil: new Date(validTo) };
    } catch (cause) {
      throw new EngineError('invalid_ca', 'The CA holds a certificate that cannot be read', {}, { cause });
    }
  });
}
