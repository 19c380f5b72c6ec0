import type { Dialect } from './dialect-port';
import { inNewSession } from './engine-answer';
import type { ServiceAccount } from './engine-client';
import { EngineError, mayHaveEnded } from './engine-error';
import type { Credentials, EngineHttp } from './engine-http';
import type { PasswordTry } from './engine-settings';

/** A session not ended ends by itself when idle: not worth holding up a shutdown. */
const LOGOUT_TIMEOUT_MS = 1_000;
/**
 * A refused password is not tried again for so long, and each time twice as long, at most a day: the fifth refusal since
 * the account signed in locks it, however far apart they are (oVirt: aaa-jdbc MAX_FAILURES_SINCE_SUCCESS).
 */
const REFUSED_MS = 15 * 60_000;
const MOST_REFUSED_MS = 24 * 60 * 60_000;

/** What is done in a session, under a deadline of its own. */
export type InSession<T> = (credentials: Credentials, dialect: Dialect) => Promise<T>;

/** The one session that an account has in an engine, renewed when the engine forgets it. */
export class AccountSession {
  private session?: Promise<Credentials>;
  private refused?: { error: EngineError; until: number };
  /** Of the password in a row. */
  private refusals = 0;

  constructor(
    private readonly http: EngineHttp,
    private readonly dialect: () => Promise<Dialect>,
    private readonly account: ServiceAccount,
    private readonly tryPassword: PasswordTry,
  ) {}

  /**
   * Signing in has a time of its own. What was refused because the session has ended begins anew in another, once: the
   * engine did nothing of it.
   */
  async run<T>(signal: AbortSignal | undefined, call: InSession<T>): Promise<T> {
    const dialect = await this.http.within(signal, () => this.dialect());
    const login = this.signedIn(dialect);
    const session = await this.arrived(login, signal);
    try {
      return await call(session, dialect);
    } catch (error) {
      if (!mayHaveEnded(error)) throw error;
      this.drop(login, session, dialect);
      return this.runInNew(await this.arrived(this.signedIn(dialect), signal), dialect, call);
    }
  }

  /** Signs the account out, when it is in; an engine that does not answer is left soon. */
  async close(): Promise<void> {
    const { session } = this;
    this.session = undefined;
    if (!session) return;
    await this.http.within(AbortSignal.timeout(LOGOUT_TIMEOUT_MS), async (deadline) => {
      const dialect = await this.dialect();
      await dialect.logout(this.http, await session, deadline);
    });
  }

  private async runInNew<T>(session: Credentials, dialect: Dialect, call: InSession<T>): Promise<T> {
    try {
      return await call(session, dialect);
    } catch (error) {
      const fault = error instanceof EngineError ? inNewSession(error) : error;
      if (fault instanceof EngineError && fault.kind === 'no_rights') {
        if (this.session) this.drop(this.session, session, dialect);
        this.refused = { error: fault, until: Date.now() + REFUSED_MS };
      }
      throw fault;
    }
  }

  /** Signs out of a session that serves no more, which may live on; nobody waits for it. */
  private drop(login: Promise<Credentials>, session: Credentials, dialect: Dialect): void {
    if (this.session === login) this.session = undefined;
    this.http
      .within(AbortSignal.timeout(LOGOUT_TIMEOUT_MS), (deadline) => dialect.logout(this.http, session, deadline))
      .catch(() => undefined);
  }

  private arrived(login: Promise<Credentials>, signal?: AbortSignal): Promise<Credentials> {
    return this.http.within(signal, () => login, this.http.signInTimeoutMs);
  }

  /** Shared by concurrent calls, hence under a deadline of its own. */
  private signedIn(dialect: Dialect): Promise<Credentials> {
    if (this.session) return this.session;
    if (this.refused && Date.now() < this.refused.until) return Promise.reject(this.refused.error);
    const login = (deadline: AbortSignal) => dialect.login(this.http, this.account, deadline);
    const session = this.tryPassword(this.account.user, () =>
      this.http.within(undefined, login, this.http.signInTimeoutMs),
    );
    this.session = session;
    session.then(
      () => (this.refusals = 0),
      (error: unknown) => {
        if (this.session === session) this.session = undefined;
        if (error instanceof EngineError && error.kind === 'unauthorized') this.noteRefusal(error);
      },
    );
    return session;
  }

  private noteRefusal(error: EngineError): void {
    const pauseMs = Math.min(REFUSED_MS * 2 ** this.refusals, MOST_REFUSED_MS);
    this.refusals += 1;
    this.refused = { error, until: Date.now() + pauseMs };
  }
}
