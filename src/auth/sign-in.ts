import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error';
import { EngineError } from '../engine';
import type { RequestSource } from '../web';
import { AuditTrail } from './audit-trail';
import type { Credentials } from './engine-claim';
import { EngineLogin, type EngineAttempt } from './engine-login';
import { FailedLogins } from './failed-logins';
import { LocalCredentials } from './local-credentials';
import { refusal } from './login-refusal';
import { NewSessions, type SignedIn } from './new-sessions';

/** Who asks to be signed in, and from where. */
export interface LoginContext {
  source: RequestSource;
  address: string;
  requestId: string;
}

/** Refusals of engine logins that may be somebody's guesses; faults of ours and of engines are nobody's. */
const GUESSES = new Set([
  'prefix_missing',
  'malformed_secret',
  'invalid_user_id',
  'engine_session_ended',
  'owner_mismatch',
]);

/** Signs people in, with an engine session or a local password, and keeps the trail of it. */
@Injectable()
export class SignIn {
  constructor(
    private readonly engineLogin: EngineLogin,
    private readonly credentials: LocalCredentials,
    private readonly newSessions: NewSessions,
    private readonly failures: FailedLogins,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws AppError login_refused, forbidden, too_many_requests, engine_unreachable; `details.reason` says why */
  async signIn(credentials: Credentials, { source, ...from }: LoginContext): Promise<SignedIn> {
    const { login } = credentials;
    const audit = { actor: login, action: 'login', ...from };
    try {
      this.failures.check(from.address, login);
      const attempt = await this.engineLogin.recognise(credentials, source);
      const { by, ...signedIn } =
        attempt === null ? await this.byPassword(credentials, from.address) : await this.byEngine(attempt);
      this.failures.succeeded(from.address, login);
      await this.trail.record({ ...audit, subject: by, outcome: 'ok' });
      return signedIn;
    } catch (error) {
      const reason = error instanceof AppError ? (error.details.reason ?? error.code) : 'error';
      if (GUESSES.has(reason)) this.failures.failed(from.address, login);
      if (reason !== 'too_many_attempts')
        await this.trail.record({ ...audit, outcome: 'refused', reason: withFault(reason, error) });
      throw error;
    }
  }

  private async byEngine(attempt: EngineAttempt): Promise<SignedIn & { by: string }> {
    const proved = await this.engineLogin.prove(attempt);
    const signedIn = await this.newSessions.forOwner(proved, attempt.secret);
    return { ...signedIn, by: `${proved.engine.label} (${proved.owner.proof})` };
  }

  private async byPassword({ login, password }: Credentials, address: string): Promise<SignedIn & { by: string }> {
    const actor = await this.failures.guarded(address, login, () => this.credentials.byPassword(login, password));
    if (actor?.userId === undefined) throw refusal('bad_credentials');
    return { ...(await this.newSessions.forUser(actor.userId, actor.name)), by: 'password' };
  }
}

/** `engine_unreachable (timeout)`: for the trail, what was wrong with the engine. */
function withFault(reason: string, error: unknown): string {
  const { cause } = error as Error;
  return reason === 'engine_unreachable' && cause instanceof EngineError ? `${reason} (${cause.kind})` : reason;
}
