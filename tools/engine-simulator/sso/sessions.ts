import { randomBytes } from 'node:crypto';

/** One live login: a 3.x REST session (`JSESSIONID`) or a 4.x SSO token. */
export interface SimSession {
  kind: 'rest' | 'token';
  secret: string;
  userId: string;
  /** Made with `Prefer: csrf-protection`: requests must repeat the id in a header. */
  csrfProtected: boolean;
  idleMs: number;
  lastUsedAt: number;
}

export interface NewSession {
  userId: string;
  csrfProtected?: boolean;
  idleMs?: number;
}

/** The engine's sessions. Every use counts as activity, as in the engine (UserSessionTimeOutInterval). */
export class Sessions {
  private readonly live = new Map<string, SimSession>();

  constructor(
    private readonly idleMs: number,
    private readonly now: () => number,
  ) {}

  /** A new 3.x session id; like the container's, it may hold `+`. */
  createRest(wanted: NewSession): SimSession {
    return this.add('rest', randomBytes(18).toString('base64').replaceAll('/', '-'), wanted);
  }

  /** A new 4.x SSO access token. */
  createToken(wanted: NewSession): SimSession {
    return this.add('token', randomBytes(64).toString('base64url'), wanted);
  }

  /** The live session of a secret, or undefined when unknown, revoked or idle for too long. Does not count as use. */
  find(secret: string): SimSession | undefined {
    const session = this.live.get(secret);
    if (session && this.now() - session.lastUsedAt > session.idleMs) this.live.delete(secret);
    return this.live.get(secret);
  }

  touch(session: SimSession): void {
    session.lastUsedAt = this.now();
  }

  end(secret: string): boolean {
    return this.live.delete(secret);
  }

  endAll(): void {
    this.live.clear();
  }

  private add(
    kind: SimSession['kind'],
    secret: string,
    { userId, csrfProtected = false, idleMs = this.idleMs }: NewSession,
  ): SimSession {
    const session = { kind, secret, userId, csrfProtected, idleMs, lastUsedAt: this.now() };
    this.live.set(secret, session);
    return session;
  }
}
