import { userByPassword, userNameOf, type Engine, type LoggedRequest } from './engine';
import type { Fault } from './faults';
import type { SimUser } from './data';

/** What a UI plugin learns at webadmin's login. */
export interface WebadminSession {
  /** 3.x: the id given to `RestApiSessionAcquired`; 4.x: what `ssoToken()` returns. */
  secret: string;
  /** `loginUserId()` */
  userId: string;
  /** `loginUserName()` */
  userName: string;
}

/** The hands of tests and of the demo on a running engine. */
export class EngineControl {
  constructor(private readonly engine: Engine) {}

  /** Signs a user in to webadmin. `userId` is one of `data.users`. */
  signIn(userId: string): WebadminSession {
    const user = this.user(userId);
    const { sessions, personality } = this.engine;
    const session = personality.sso
      ? sessions.createToken({ userId })
      : sessions.createRest({ userId, csrfProtected: personality.csrf });
    return { secret: session.secret, userId, userName: userNameOf(user, personality) };
  }

  /** The same with what a person types into webadmin's login form (`admin@internal`); undefined when wrong. */
  signInByPassword(login: string, password: string): WebadminSession | undefined {
    const user = userByPassword(this.engine, login, password);
    return user && this.signIn(user.id);
  }

  /** Signs the session out; false when it was not alive. */
  revoke(secret: string): boolean {
    return this.engine.sessions.end(secret);
  }

  /** Makes the session look idle for too long. */
  expire(secret: string): void {
    const session = this.engine.sessions.find(secret);
    if (session) session.lastUsedAt = -Infinity;
  }

  /** Whether the session lives, without touching it. */
  isAlive(secret: string): boolean {
    return this.engine.sessions.find(secret) !== undefined;
  }

  /** Gives the user another login name, keeping the id. */
  renameUser(userId: string, login: string): void {
    this.user(userId).login = login;
  }

  /** Adds a fault; the returned function takes it back. */
  fault(fault: Fault): () => void {
    const active = { ...fault };
    this.engine.faults.push(active);
    return () => {
      this.engine.faults = this.engine.faults.filter((other) => other !== active);
    };
  }

  clearFaults(): void {
    this.engine.faults = [];
  }

  /** The requests so far, oldest first, at most the last 10,000. */
  get requests(): readonly LoggedRequest[] {
    return this.engine.requests;
  }

  private user(userId: string): SimUser {
    const user = this.engine.data.users.find(({ id }) => id === userId);
    if (!user) throw new Error(`The simulated engine has no user ${userId}`);
    return user;
  }
}
