import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error';
import { EngineError } from '../engine';
import type { RequestSource } from '../web';
import { AuditTrail, type AuditSource } from '../audit';
import { splitSecret, type LoginForm } from './engines/login-form';
import { EngineLogin } from './engines/engine-login';
import type { EngineAttempt, PasswordAttempt } from './engines/recognise';
import { FailedLogins } from './failed-logins';
import { LocalCredentials } from './local-credentials';
import { LoginRefused, refusal } from './login-refusal';
import { NewSessions, type SignedIn } from './sessions/new-sessions';

/** Who asks to be signed in, and from where. */
export interface LoginContext extends AuditSource {
  source: RequestSource;
}

/** Signs people in, with an engine session, an engine's password or a local one, and keeps the trail of it. */
@Injectable()
export class SignIn {
  constructor(
    private readonly engineLogin: EngineLogin,
    private readonly credentials: LocalCredentials,
    private readonly newSessions: NewSessions,
    private readonly failures: FailedLogins,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws LoginRefused; AppError too_many_requests; `details.reason` says why */
  async signIn(credentials: LoginForm, { source, ...from }: LoginContext): Promise<SignedIn> {
    const { login } = credentials;
    try {
      const attempt = () => this.try(credentials, source, from);
      return await this.failures.attempt(from.address, accountOf(credentials), attempt, lineOf(credentials));
    } catch (error) {
      const subject = error instanceof LoginRefused ? error.subject : '';
      await this.trail.refused({ actor: login, action: 'login', subject, reason: reasonOf(error), ...from });
      throw error;
    }
  }

  private async try(credentials: LoginForm, source: RequestSource, from: AuditSource): Promise<SignedIn> {
    const recognised = await this.engineLogin.recognise(credentials, source);
    if (recognised.engine !== null) return this.byEngine(recognised.engine, from);
    if (recognised.password !== null) return this.byEnginePassword(recognised.password, from);
    if (recognised.otherwise !== null) return this.byUnlikelyPassword(credentials, recognised.otherwise, from);
    return this.byPassword(credentials, refusal('bad_credentials'), from);
  }

  private async byEngine(attempt: EngineAttempt, from: AuditSource): Promise<SignedIn> {
    const proved = await this.engineLogin.prove(attempt);
    return this.newSessions.forOwner(proved, { secret: attempt.secret, openedHere: false }, from);
  }

  private async byEnginePassword(attempt: PasswordAttempt, from: AuditSource): Promise<SignedIn> {
    const proved = await this.engineLogin.provePassword(attempt);
    try {
      return await this.newSessions.forOwner(proved, { secret: proved.secret, openedHere: true }, from);
    } catch (error) {
      await this.engineLogin.leave(proved);
      throw error;
    }
  }

  /**
   * What looks like an engine session is hardly a local user's password. Wrong ones are answered and counted alike for
   * every login, and apart from others, so that nobody learns from them which logins there are.
   */
  private async byUnlikelyPassword(
    credentials: LoginForm,
    otherwise: LoginRefused,
    from: AuditSource,
  ): Promise<SignedIn> {
    const account = `${credentials.login};`; // no login ends so: see UserAdministration
    if (this.failures.isExhausted(from.address, account)) throw otherwise;
    return this.byPassword(credentials, otherwise, from).catch((error: unknown) => {
      if (error === otherwise) this.failures.failed(from.address, account, 'account');
      throw error;
    });
  }

  private async byPassword({ login, password }: LoginForm, wrong: LoginRefused, from: AuditSource) {
    const user = await this.credentials.ownerOf(login, password);
    const signedIn = user && (await this.newSessions.forUser(user, from));
    if (signedIn === null) throw wrong;
    return signedIn;
  }
}

/** What failures are counted by: an engine's account is nobody's here. No login ends so: see UserAdministration. */
const accountOf = ({ login, engine }: LoginForm) => (engine === undefined ? login : `${login};${engine}`);

/** An engine takes its time to refuse a password. */
const lineOf = ({ password, engine }: LoginForm) =>
  engine !== undefined && splitSecret(password) === null ? 'slow' : 'quick';

/** `engine_unreachable (timeout)`: for the trail, what was wrong with the engine. */
function reasonOf(error: unknown): string {
  if (!(error instanceof AppError)) return 'error';
  const { cause, details, code } = error;
  const reason = details.reason ?? code;
  return reason === 'engine_unreachable' && cause instanceof EngineError ? `${reason} (${cause.kind})` : reason;
}
