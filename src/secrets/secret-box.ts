import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SecretKeys } from '../config';

const CIPHER = 'aes-256-gcm';

/**
 * Seals secrets at rest (AES-256-GCM) and signs texts (HMAC-SHA-256), with keys derived from the secret key.
 * `purpose` binds a sealed text to its use: what was sealed for one purpose opens for no other.
 */
export class SecretBox {
  constructor(private readonly keys: SecretKeys) {}

  /** @returns "v1.iv.tag.data", base64url */
  seal(text: string, purpose: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv(CIPHER, derive(this.keys.current, 'seal'), iv).setAAD(Buffer.from(purpose));
    const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return ['v1', ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
  }

  /**
   * The same text under the current key, for what the previous one sealed. @returns null when nothing is to be done
   * @throws Error as `open`
   */
  sealAnew(sealed: string, purpose: string): string | null {
    const { text, stale } = this.open(sealed, purpose);
    return stale ? this.seal(text, purpose) : null;
  }

  /**
   * What was sealed; `stale` when only the previous key opened it.
   * @throws Error when neither key opens it: the secret key was changed without SECRET_KEY_PREVIOUS
   */
  open(sealed: string, purpose: string): { text: string; stale: boolean } {
    const { current, previous } = this.keys;
    const text = decrypt(sealed, purpose, current);
    if (text !== null) return { text, stale: false };
    const old = previous === undefined ? null : decrypt(sealed, purpose, previous);
    if (old === null)
      throw new Error(`a secret (${purpose}) does not open: set SECRET_KEY_PREVIOUS to the key it was sealed with`);
    return { text: old, stale: true };
  }

  sign(text: string, purpose: string): string {
    return createHmac('sha256', derive(this.keys.current, `sign ${purpose}`))
      .update(text)
      .digest('base64url');
  }

  verify(text: string, signature: string, purpose: string): boolean {
    const expected = Buffer.from(this.sign(text, purpose));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}

const derived = new Map<string, Buffer>();

function derive(key: string, use: string): Buffer {
  const name = `${use}\0${key}`;
  let bytes = derived.get(name);
  if (bytes === undefined)
    derived.set(name, (bytes = Buffer.from(hkdfSync('sha256', key, '', `foreman-ovirt ${use}`, 32))));
  return bytes;
}

function decrypt(sealed: string, purpose: string, key: string): string | null {
  const [version, ...parts] = sealed.split('.');
  const [iv, tag, data] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (version !== 'v1' || iv?.length !== 12 || tag?.length !== 16 || data === undefined) return null;
  try {
    const decipher = createDecipheriv(CIPHER, derive(key, 'seal'), iv).setAAD(Buffer.from(purpose)).setAuthTag(tag);
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
