import { Injectable } from '@nestjs/common';
import { userIdOf, type Actor } from '../../common/actor';
import { AppError } from '../../common/app-error';
import { ComputeResourceStore, webOrigins, type ComputeResource } from '../../compute-resources';
import { Signals } from '../../database';
import { EngineIdentity, mayHaveEnded, type IdentityKind } from '../../engine';
import { AccessKeys, type LiveAccessKey } from '../keys/access-keys';
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

/** As whom an engine is asked for a request that is answered at once. */
export interface Acting {
  ref: IdentityRef;
  as: EngineIdentity;
}

/** A key and the only data center that it is for. */
export type KeyScope = Pick<LiveAccessKey, 'accessKeyId'> & { dataCenter: NonNullable<LiveAccessKey['dataCenter']> };

interface Purpose {
  /** Whether anything is to be changed in the engine. */
  write: boolean;
  /** The data center that it is about, in lower case, where it is about one: keys may be for another. */
  dataCenterId?: string;
}

/** Finds out as whom an engine is asked for somebody: by a session of theirs, never by a default. */
@Injectable()
export class EngineIdentities {
  constructor(
    private readonly resources: ComputeResourceStore,
    private readonly sessions: EngineSessions,
    private readonly accounts: ServiceAccounts,
    private readonly keys: AccessKeys,
    private readonly signals: Signals,
  ) {}

  /**
   * Nothing is asked of the engine.
   * @throws AppError not_found; forbidden with reason engine_identity_required, engine_writes_off, key_read_only, key_scope
   */
  async refOf(actor: Actor, computeResourceId: number, purpose: Purpose): Promise<IdentityRef> {
    const resource = await this.resources.get(computeResourceId);
    const { engineAccess: access } = actor;
    const isKey = access?.kind === 'access_key';
    if (isKey) demandWithin(await this.liveKey(access.id), resource, purpose);
    const by = isKey ? 'access_key' : this.kindOf(actor, resource);
    // another server that says to be the same engine proves nobody to this one
    if (access?.kind === 'session' && !(await this.sessions.isAt(access.digest, resource)))
      throw required(`Your session was not begun at ${resource.name}: sign in there`);
    if (purpose.write) demandWrites(resource);
    if (purpose.write && by === 'service_account') await this.accounts.note(actor, resource);
    return { by, userId: userIdOf(actor), accessKeyId: isKey ? access.id : null, computeResourceId: resource.id };
  }

  /**
   * @returns null while the person has no live engine session, or the key no password that the engine takes: it waits for
   *   `onSignIn`
   * @throws AppError not_found; forbidden where it serves no more, for keys with reason access_key_ended
   */
  async resolve(ref: IdentityRef): Promise<EngineIdentity | null> {
    const resource = await this.resources.get(ref.computeResourceId);
    if (ref.by === 'access_key') return this.ofKey(await this.liveKey(ref.accessKeyId ?? 0), resource);
    if (ref.by === 'session') return ofSession(await this.sessions.secretFor(ref.userId, resource));
    const account = await this.accounts.accountFor(ref.userId, resource);
    if (account === null) throw unknownTo(resource);
    return EngineIdentity.serviceAccount(account);
  }

  /**
   * What was begun may go on: changes of the engine are still wanted, and the key may still make them.
   * @throws AppError forbidden with reason engine_writes_off, key_read_only, access_key_ended; not_found
   */
  async demandWriting({ accessKeyId, computeResourceId }: IdentityRef): Promise<void> {
    const resource = await this.resources.get(computeResourceId);
    demandWrites(resource);
    if (accessKeyId !== null) demandWithin(await this.liveKey(accessKeyId), resource, { write: true });
  }

  /**
   * The service account for a person whose session has ended, where an administrator allowed that.
   * @param isNoted whether the audit trail has both their names already
   */
  async standIn(
    { by, computeResourceId }: IdentityRef,
    { login, isNoted }: { login: string; isNoted: boolean },
  ): Promise<EngineIdentity | null> {
    const resource = await this.resources.get(computeResourceId);
    if (by !== 'session' || !resource.serviceAccountActs) return null;
    if (!isNoted) await this.accounts.note(login, resource);
    return EngineIdentity.serviceAccount(this.resources.accountOf(resource));
  }

  /** Both for a request that is answered at once. @throws AppError as they do */
  async of(actor: Actor, computeResourceId: number, purpose: Purpose): Promise<Acting> {
    const ref = await this.refOf(actor, computeResourceId, purpose);
    const as = await this.resolve(ref);
    if (as !== null) return { ref, as };
    throw actor.engineAccess?.kind === 'access_key'
      ? required('The engine takes the password of this access key no more: give the key the present one')
      : required('You have no live engine session at this address: sign in to the engine');
  }

  /** Null where all data centers are open. @throws AppError forbidden with reason access_key_ended */
  async scopeOf({ accessKeyId: id }: IdentityRef): Promise<KeyScope | null> {
    if (id === null) return null;
    const { accessKeyId, dataCenter } = await this.liveKey(id);
    return dataCenter && { accessKeyId, dataCenter };
  }

  /**
   * What the engine answers to what `resolve` gave. After a 401 a key's password is not tried again, and sessions are asked
   * for before they serve again.
   * @throws what the call throws
   */
  async heardAs<T>(ref: IdentityRef, call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      if (mayHaveEnded(error)) await this.refused(ref);
      throw error;
    }
  }

  /** @param listener hears who can act again, on whatever instance they signed in; null = anybody may */
  onSignIn(listener: (userId: number | null) => void): void {
    this.signals.on('sign-ins', listener);
  }

  private async refused({ by, userId, accessKeyId, computeResourceId }: IdentityRef): Promise<void> {
    if (by === 'service_account') return;
    const key = accessKeyId === null ? null : await this.keys.get(accessKeyId);
    if (key?.kind === 'long_lived') await this.keys.passwordRefused(key.id);
    else await this.sessions.doubt(userId, await this.resources.get(computeResourceId));
  }

  private kindOf(actor: Actor, resource: ComputeResource): IdentityKind {
    if (this.accounts.serves(actor, resource)) return 'service_account';
    if (actor.engineAccess === undefined) throw unknownTo(resource);
    if (actor.engineId !== resource.engineId)
      throw required(`You are signed in to ${actor.engineName}, and ${resource.name} is another engine: sign in there`);
    return 'session';
  }

  private async liveKey(id: number): Promise<LiveAccessKey> {
    const key = await this.keys.get(id);
    if (key !== null) return key;
    throw new AppError('forbidden', 'The access key is revoked or expired, or whose it was may not sign in any more', {
      reason: 'access_key_ended',
    });
  }

  /** A password goes to the origin that it was given for, and to no other. */
  private async ofKey(key: LiveAccessKey, resource: ComputeResource): Promise<EngineIdentity | null> {
    if (key.sessionDigest !== null) return ofSession(await this.sessions.secretBehind(key.sessionDigest, resource));
    const isMoved = key.engineOrigin !== webOrigins(resource)[0];
    if (key.passwordRefused || isMoved || key.engineUser === null) return null;
    return EngineIdentity.accessKey({ user: key.engineUser, password: this.keys.passwordOf(key) });
  }
}

function ofSession(secret: string | null): EngineIdentity | null {
  return secret === null ? null : EngineIdentity.session(secret);
}

/** @throws AppError forbidden where the key is not for this */
function demandWithin(key: LiveAccessKey, resource: ComputeResource, { write, dataCenterId }: Purpose): void {
  const { accessKeyId, computeResource, dataCenter, readOnly } = key;
  if (computeResource.id !== resource.id)
    throw outside(`Access key ${accessKeyId} is for ${computeResource.name}, not for ${resource.name}`);
  if (dataCenter !== null && dataCenterId !== undefined) demandInScope({ accessKeyId, dataCenter }, dataCenterId);
  if (write && readOnly)
    throw new AppError('forbidden', `Access key ${accessKeyId} only reads`, { reason: 'key_read_only' });
}

/** @throws AppError forbidden with reason key_scope */
export function demandInScope({ accessKeyId, dataCenter }: KeyScope, dataCenterId: string | null): void {
  if (dataCenter.id === dataCenterId) return;
  throw outside(`Access key ${accessKeyId} is for data center ${dataCenter.name ?? dataCenter.id} alone`);
}

function outside(message: string): AppError {
  return new AppError('forbidden', message, { reason: 'key_scope' });
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
