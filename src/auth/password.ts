import { hash as argonHash, verify } from '@node-rs/argon2';
import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { atMost } from '../common/cache-limit';
import { MINUTE_MS } from '../common/clock';

const ARGON2ID = 2;
const REMEMBERED_MS = 5 * MINUTE_MS;

/** A hash nobody's password has: unknown logins cost as much time as known ones. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$Zm9yZW1hbi1vdmlydC1ub25l$0000000000000000000000000000000000000000000';

/** argon2id with the parameters OWASP recommends (19 MiB, 2 passes). @returns a PHC string */
export function hashPassword(password: string): Promise<string> {
  return argonHash(password, { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}

/**
 * Verifies passwords, remembering for some minutes which were right, so that clients that send Basic credentials with
 * every upload are not hashed each time. Remembered is a keyed digest, under a key that lives as long as the process.
 */
export class PasswordVerifier {
  private readonly key = randomBytes(32);
  private readonly right = new LRUCache<string, true>({ ...atMost(5_000), ttl: REMEMBERED_MS });
  private readonly running = new Map<string, Promise<boolean>>();

  /** @param stored the account's PHC string, null when there is none (then false, after the usual time) */
  async verify(password: string, stored: string | null): Promise<boolean> {
    const proof = this.proofOf(password, stored ?? '');
    if (this.right.get(proof) === true) return true;
    const running = this.running.get(proof) ?? this.check(password, stored, proof);
    this.running.set(proof, running);
    return running;
  }

  /** Whether this password was right a moment ago. */
  remembers(password: string, stored: string): boolean {
    return this.right.get(this.proofOf(password, stored)) === true;
  }

  private proofOf(password: string, stored: string): string {
    return createHmac('sha256', this.key).update(`${stored}\0${password}`).digest('base64');
  }

  private async check(password: string, stored: string | null, proof: string): Promise<boolean> {
    try {
      const ok = (await verify(stored ?? NOBODY, password).catch(() => false)) && stored !== null;
      if (ok) this.right.set(proof, true);
      return ok;
    } finally {
      this.running.delete(proof);
    }
  }
}
