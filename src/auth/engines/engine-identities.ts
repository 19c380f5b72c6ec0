import { Injectable } from '@nestjs/common';
import { userIdOf, type Actor } from '../../common/actor';
import { AppError } from '../../common/app-error';
import { ComputeResourceStore, type ComputeResource } from '../../compute-resources';
import { Signals } from '../../database';
import { EngineIdentity, type IdentityKind } from '../../engine';
import { EngineSessions } from './engine-sessions';
import { ServiceAccounts } from './service-accounts';

/** As whom an engine is asked, as it can be kept: what it takes is looked up when it is needed. */
export interface IdentityRef {
  by: IdentityKind;
  /** The account that acts. */
  userId: number;
  /** For `access_key`. */
  accessKeyId: number | null;
  computeResourceId: number;
}

interface Purpose {
  /** Whether anything is to be changed in the engine. */
  write: boolean;
}

/** Finds out as whom an engine is asked for somebody: by a session of theirs, never by a default. */
@Injectable()
export class EngineIdentities {
  constructor(
    private readonly resources: ComputeResourceStore,
    private readonly sessions: EngineSessions,
    private readonly accounts: ServiceAccounts,
    private readonly signals: Signals,
  ) {}

  /**
   * Nothing is asked of the engine.
   * @throws AppError not_found; forbidden with reason engine_identity_required, engine_writes_off
   */
  async refOf(actor: Actor, computeResourceId: number, { write }: Purpose): Promise<IdentityRef> {
    const resource = await this.resources.get(computeResourceId);
    const by = this.kindOf(actor, resource);
    if (write) demandWrites(resource);
    if (write && by === 'service_account') await this.accounts.note(actor, resource);
    return { by, userId: userIdOf(actor), accessKeyId: null, computeResourceId: resource.id };
  }

  /**
   * @returns null while the person has no live engine session: it waits for their next sign-in
   * @throws AppError not_found; forbidden where it serves no more
   */
  async resolve({ by, userId, computeResourceId }: IdentityRef): Promise<EngineIdentity | null> {
    const resource = await this.resources.get(computeResourceId);
    if (by === 'session') {
      const secret = await this.sessions.secretFor(userId, resource);
      return secret === null ? null : EngineIdentity.session(secret);
    }
    const account = await this.accounts.accountFor(userId, resource);
    if (account === null) throw unknownTo(resource);
    return EngineIdentity.serviceAccount(account);
  }

  /** Both for a request that is answered at once. @throws AppError as they do */
  async of(actor: Actor, computeResourceId: number, purpose: Purpose): Promise<EngineIdentity> {
    const ref = await this.refOf(actor, computeResourceId, purpose);
    const identity = await this.resolve(ref);
    if (identity === null) throw required('You have no live engine session at this address: sign in to the engine');
    return identity;
  }

  /** @param listener hears who can act again, on whatever instance they signed in; null = anybody may */
  onSignIn(listener: (userId: number | null) => void): void {
    this.signals.on('sign-ins', listener);
  }

  private kindOf(actor: Actor, resource: ComputeResource): IdentityKind {
    if (this.accounts.serves(actor, resource)) return 'service_account';
    if (actor.engineAccess === undefined) throw unknownTo(resource);
    if (actor.engineId !== resource.engineId)
      throw required(`You are signed in to ${actor.engineName}, and ${resource.name} is another engine: sign in there`);
    return 'session';
  }
}

function demandWrites({ name, engineWrites }: ComputeResource): void {
  if (engineWrites) return;
  throw new AppError(
    'forbidden',
    `Nothing is changed in ${name}: a Foreman administrator switches changes in the engine on for its compute resource`,
    { reason: 'engine_writes_off' },
  );
}

function unknownTo({ name }: ComputeResource): AppError {
  return required(
    `${name} is asked as somebody whom it knows: sign in with your engine user and password or from webadmin, or use an access key; passwords and tokens of this service open nothing there`,
  );
}

function required(message: string): AppError {
  return new AppError('forbidden', message, { reason: 'engine_identity_required' });
}
