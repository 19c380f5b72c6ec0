import { LoginRefused, type Session } from './session';

const retryAfterMs = 30_000;

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
  private renewedAt: number | undefined;
  private running = false;

  constructor(
    private readonly session: Session,
    private readonly outcome: SignInOutcome,
  ) {}

  start(): void {
    const login = this.session.signIn();
    this.running = true;
    login.then(
      () => this.session.isCurrent(login) && this.end(() => this.outcome.signedIn()),
      (error: unknown) => this.session.isCurrent(login) && this.end(() => this.failed(error)),
    );
  }

  /** Another try when the service could not be reached at the last one. */
  startAgainIfDown(): void {
    const { downSince } = this.session;
    if (downSince !== undefined && Date.now() >= downSince + retryAfterMs) this.start();
  }

  /** A page in our frames was answered 401: one silent renewal; when it is not enough, the browser drops our cookie. */
  pageSignedOut(): void {
    if (this.running) return;
    if (this.renewedAt !== undefined && Date.now() < this.renewedAt + retryAfterMs) return this.outcome.notKept();
    this.renewedAt = Date.now();
    this.start();
  }

  private failed(error: unknown): void {
    if (error instanceof LoginRefused) this.outcome.refused(error.message);
    else this.outcome.unreachable(error);
  }

  signOut(): void {
    this.running = false;
    this.renewedAt = undefined;
    this.session.signOut();
  }

  private end(report: () => void): void {
    this.running = false;
    report();
  }
}
