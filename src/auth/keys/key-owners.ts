import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/app-error';
import { AuditTrail } from '../../audit';
import { EngineRegistry, type ComputeResource } from '../../compute-resources';
import type { Transaction } from '../../database';
import { EngineIdentity } from '../../engine';
import type { Author } from '../author';
import { EngineAccountStore } from '../engines/engine-account.store';
import { EngineLogin, type ProvedOwner } from '../engines/engine-login';
import { faultIn } from '../engines/login-form';
import { FailedLogins } from '../failed-logins';
import { LoginRefused, refusal } from '../login-refusal';
import type { AccessKeyGround } from './access-key.store';

/** An engine user who proved to be one, for the time of making a key of theirs. */
export interface KeyOwner {
  identity: EngineIdentity;
  ground: AccessKeyGround;
  /** The account, made where the engine makes accounts. @throws LoginRefused */
  account(tx: Transaction): Promise<number>;
  /** Ends what was opened for it. */
  leave(): Promise<void>;
}

/** Lets an engine say whose a user name and password are, before a key keeps them. */
@Injectable()
export class KeyOwners {
  constructor(
    private readonly engines: EngineRegistry,
    private readonly engineLogin: EngineLogin,
    private readonly accounts: EngineAccountStore,
    private readonly failures: FailedLogins,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Wrong passwords are counted as failed logins are.
   * @throws AppError invalid with reason engine_password; LoginRefused; too_many_requests
   */
  async byPassword(
    { actor, source }: Author,
    resource: ComputeResource,
    user: string,
    password: string,
  ): Promise<KeyOwner> {
    const attempt = () => this.proved(resource, user, password);
    try {
      const proved = await this.failures.attempt(source.address, `${user};${resource.id}`, attempt, 'slow');
      return this.ownerOf(proved, user, password);
    } catch (error) {
      if (!(error instanceof LoginRefused)) throw error;
      const entry = {
        actor,
        action: 'access_key.create',
        subject: `${user} of ${resource.name}`,
        reason: error.reason,
      };
      await this.trail.refused({ ...entry, ...source });
      throw asField(error);
    }
  }

  private async proved(resource: ComputeResource, user: string, password: string) {
    const fault = faultIn({ login: user, password }, { told: false });
    if (fault !== null) throw refusal(fault);
    const named = await this.engines.byComputeResource(String(resource.id));
    if (named?.engine.enabled !== true) throw refusal('engine_disabled', { subject: resource.name });
    return this.engineLogin.provePassword({ ...named, user, password });
  }

  private ownerOf(proved: ProvedOwner & { secret: string }, engineUser: string, password: string): KeyOwner {
    const { engine, owner, origin = '', secret } = proved;
    return {
      identity: EngineIdentity.session(secret),
      ground: { engineUser, password, engineOrigin: origin },
      account: async (tx) => {
        const { engineId, ontheflyRegister: register, label } = engine;
        const account = await this.accounts.signIn(tx, { engineId, owner, register });
        if ('refused' in account) throw refusal(account.refused, { subject: label });
        return account.userId;
      },
      leave: () => this.engineLogin.leave(proved),
    };
  }
}

const NO_PROFILE =
  'needs the profile at the end, such as admin@internal, or admin@ovirt@internalsso where Keycloak signs people in';

/** What a form can show beside the field that was wrong. */
function asField(error: LoginRefused): AppError {
  const field = { bad_credentials: 'engine_password', invalid_user: 'engine_user' }[error.reason as string];
  if (field === undefined) return error;
  const told = field === 'engine_user' ? error.message : 'The engine does not take this user and password';
  const fault = field === 'engine_user' ? NO_PROFILE : 'is not taken by the engine with this user';
  return new AppError('invalid', told, { reason: field, fields: { [field]: [fault] } }, { cause: error });
}
