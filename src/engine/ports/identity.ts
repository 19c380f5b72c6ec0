import { createHmac, randomBytes } from 'node:crypto';
import type { ServiceAccount } from '../engine-client';

/** Of this process alone. */
const KEY = randomBytes(32);

/** Whose rights the engine judges a call by. */
export type IdentityKind = 'session' | 'access_key' | 'service_account';

/**
 * As whom the engine is asked: every port takes one, none has a default, so that nothing is done by the wrong hands. What
 * it holds is private to this room: it appears in no log, JSON or message.
 */
export class EngineIdentity {
  readonly #session?: string;
  readonly #account?: ServiceAccount;

  private constructor(
    readonly kind: IdentityKind,
    credential: { session: string } | { account: ServiceAccount },
  ) {
    if ('session' in credential) this.#session = credential.session;
    else this.#account = credential.account;
  }

  /** A person's own engine session: a token of 4.x or a session id of 3.x. */
  static session(secret: string): EngineIdentity {
    return new EngineIdentity('session', { session: secret });
  }

  /** The engine user of an access key. */
  static accessKey(account: ServiceAccount): EngineIdentity {
    return new EngineIdentity('access_key', { account });
  }

  /** The compute resource's own account; for people only where an administrator allowed it. */
  static serviceAccount(account: ServiceAccount): EngineIdentity {
    return new EngineIdentity('service_account', { account });
  }

  /** For the client of the engine alone. */
  get credential(): { session: string } | { account: ServiceAccount } {
    if (this.#session !== undefined) return { session: this.#session };
    if (this.#account !== undefined) return { account: this.#account };
    throw new Error('An identity is a session or an account');
  }

  /** Equal for equal credentials, for as long as the process lives; tells nothing of them. */
  get fingerprint(): string {
    return createHmac('sha256', KEY).update(JSON.stringify(this.credential)).digest('base64url');
  }

  toJSON(): { kind: IdentityKind } {
    return { kind: this.kind };
  }
}
