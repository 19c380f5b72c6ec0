import { LoginRefused, type Session } from './session';

const retryAfterMs = 30_000;
/** More logins than this in 30 s, and the pages do not see the cookie, whatever our own requests say. */
const mostRenewals = 4;

/** What becomes of a login. */
export interface SignInOutcome {
  signedIn(): void;
  /** @param message the service's own sentence, empty where it gave none */
  refused(message: string): void;
  /** The login works, but pages in our frames do not see it. */
  notKept(): void;
  unreachable(error: unknown): void;
}

/** Decides when to log in: at the start, again after a page lost the session, and later when the service was down. */
export class SignIn {
  private renewedAt: number[] = [];
  private running = false;

  constructor(
    private readonly session: Session,
    private readonly outcome: SignInOutcome,
  ) {}

  /** @param doubtful whether to make sure that the browser keeps the login */
  start({ doubtful = false } = {}): void {
    const login = this.session.signIn();
    this.running = true;
    const kept = login.then(() => !doubtful || this.session.isKept());
    kept.then(
      (is) => this.session.isCurrent(login) && this.end(() => (is ? this.outcome.signedIn() : this.outcome.notKept())),
      (error: unknown) => this.session.isCurrent(login) && this.end(() => this.failed(error)),
    );
  }

  /** Another try when the service could not be reached at the last one. */
  startAgainIfDown(): void {
    const { downSince } = this.session;
    if (downSince !== undefined && Date.now() >= downSince + retryAfterMs) this.start();
  }

  /**
   * A page in our frames was answered 401: a silent renewal. Soon after another one it may be lost once more, as in a
   * restart of the service, or the browser drops our cookie.
   */
  pageSignedOut(): void {
    if (this.running) return;
    this.renewedAt = this.renewedAt.filter((at) => Date.now() < at + retryAfterMs);
    if (this.renewedAt.length >= mostRenewals) return this.outcome.notKept();
    this.renewedAt.push(Date.now());
    this.start({ doubtful: this.renewedAt.length > 1 });
  }

  private failed(error: unknown): void {
    if (error instanceof LoginRefused) this.outcome.refused(error.message);
    else this.outcome.unreachable(error);
  }

  signOut(): void {
    this.running = false;
    this.renewedAt = [];
    this.session.signOut();
  }

  private end(report: () => void): void {
    this.running = false;
    report();
  }
}
