import { randomBytes } from 'node:crypto';
import { grantedScope } from './scopes';

const WEBADMIN_SCOPE = grantedScope('ovirt-app-admin ovirt-app-portal');

/** One live login: a 3.x REST session (`JSESSIONID`) or a 4.x SSO token. */
export interface SimSession {
  kind: 'rest' | 'token';
  secret: string;
  userId: string;
  /** Made with `Prefer: csrf-protection`: requests must repeat the id in a header. */
  csrfProtected: boolean;
  /** Of a token, separated by blanks. */
  scope: string;
  /** None: lives as long as it is used. */
  endsAt?: number;
  idleMs: number;
  /** Null: granted and not used on the API yet, which does not count as idle. */
  lastUsedAt: number | null;
}

export interface NewSession {
  userId: string;
  csrfProtected?: boolean;
  idleMs?: number;
  /** Default: what webadmin has. */
  scope?: string;
  endsAt?: number;
  /** Not used yet. */
  isFresh?: boolean;
}

/** The engine's sessions. Every use counts as activity, as in the engine (UserSessionTimeOutInterval). */
export class Sessions {
  private readonly live = new Map<string, SimSession>();
  private readonly loggedOut = new Set<string>();

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
    if (session && this.isOver(session)) this.live.delete(secret);
    return this.live.get(secret);
  }

  /** Whether Apache lets a token pass that the engine logged out. */
  isKnownToKeycloak(secret: string): boolean {
    return this.loggedOut.has(secret);
  }

  /** Signs out: the engine forgets it at once, Keycloak's token lives on. */
  logOut(secret: string): void {
    if (this.live.delete(secret)) this.loggedOut.add(secret);
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

  private isOver({ lastUsedAt, idleMs, endsAt = Infinity }: SimSession): boolean {
    return this.now() > endsAt || (lastUsedAt !== null && this.now() - lastUsedAt > idleMs);
  }

  private add(kind: SimSession['kind'], secret: string, wanted: NewSession): SimSession {
    const { userId, csrfProtected = false, idleMs = this.idleMs, scope = WEBADMIN_SCOPE, endsAt, isFresh } = wanted;
    const lastUsedAt = isFresh ? null : this.now();
    const session = { kind, secret, userId, csrfProtected, idleMs, scope, endsAt, lastUsedAt };
    this.live.set(secret, session);
    return session;
  }
}
