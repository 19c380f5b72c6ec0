import { hash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits, for cookies and bearer tokens. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What randomToken makes. */
export const TOKEN = /^[\w-]{43}$/;

/** What is stored of a token. It is random, so a plain SHA-256 cannot be searched through. */
export function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}
