import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error';
import { Slots } from '../common/slots';
import { EngineIdentities, type IdentityRef } from '../auth';
import { EngineRegistry } from '../compute-resources';
import {
  EngineError,
  mayHaveEnded,
  type EngineIdentity,
  type EnginePorts,
  type GuestAddress,
  type Sighting,
  type Watched,
} from '../engine';
import { NobodySignedIn } from './operation-fault';
import type { Operation } from './operation';

/** So many calls of operations are on their way to one engine at a time: people ask it things, too. */
const AT_ONCE = 8;
/** So long a service account is not tried again that cannot read what is waited for. */
const UNUSABLE_MS = 5 * 60_000;
const CANNOT: EngineError['kind'][] = ['no_rights', 'forbidden', 'invalid_user'];

type Ask<T> = (engine: EnginePorts, as: EngineIdentity) => Promise<T>;

/** The engines of operations, asked as whoever began them; what many wait for is read by the service account. */
@Injectable()
export class EngineAccess {
  private readonly slots = new Map<number, Slots>();
  private readonly unusableUntil = new Map<number, number>();

  constructor(
    private readonly registry: EngineRegistry,
    private readonly identities: EngineIdentities,
  ) {}

  /** @throws NobodySignedIn, EngineError, AppError */
  act<T>(operation: Operation, call: (engine: EnginePorts, as: EngineIdentity) => Promise<T>): Promise<T> {
    const id = resourceOf(operation);
    return this.slotsOf(id).run(async () => {
      // what was made is removed whatever was switched off since
      if (!operation.undoing) await this.identities.demandWriting(refOf(operation, id));
      return this.asPerson(operation, id, call);
    });
  }

  /** @throws NobodySignedIn, EngineError, AppError */
  look(operation: Operation, watched: Watched, signal: AbortSignal): Promise<Sighting> {
    return this.watch(operation, (engine, as) => engine.watch.look(as, watched, { signal }));
  }

  /** Null where the VM is not shown to who looks. @throws NobodySignedIn, EngineError, AppError */
  addresses(operation: Operation, vmId: string, signal: AbortSignal): Promise<GuestAddress[] | null> {
    return this.watch(operation, (engine, as) => engine.watch.addresses(as, vmId, { signal }));
  }

  /** By the service account where that can, else as the person. */
  private async watch<T>(operation: Operation, ask: Ask<T>): Promise<T> {
    const id = resourceOf(operation);
    const engine = await this.registry.engine(id);
    if ((this.unusableUntil.get(id) ?? 0) <= Date.now()) {
      try {
        return await ask(engine, await this.registry.watcher(id));
      } catch (error) {
        if (!isUnusable(error)) throw error;
        this.unusableUntil.set(id, Date.now() + UNUSABLE_MS);
      }
    }
    return this.asPerson(operation, id, ask);
  }

  /** A session that the engine takes no more is told of, and another one of theirs serves. */
  private async asPerson<T>(operation: Operation, computeResourceId: number, ask: Ask<T>): Promise<T> {
    const ref = refOf(operation, computeResourceId);
    const engine = await this.registry.engine(computeResourceId);
    const attempt = async () => this.identities.heardAs(ref, ask(engine, await this.identityOf(operation, ref)));
    try {
      return await attempt();
    } catch (error) {
      if (!mayHaveEnded(error) || ref.by === 'service_account') throw error;
    }
    try {
      return await attempt();
    } catch (error) {
      throw mayHaveEnded(error) ? new NobodySignedIn() : error;
    }
  }

  private async identityOf(operation: Operation, ref: IdentityRef): Promise<EngineIdentity> {
    const identity = (await this.identities.resolve(ref)) ?? (await this.standIn(operation, ref));
    if (identity === null) throw new NobodySignedIn();
    return identity;
  }

  /** Only for what the engine has let this person begin: the service account may more than they. */
  private async standIn({ memo, login }: Operation, ref: IdentityRef): Promise<EngineIdentity | null> {
    if (memo.created !== true) return null;
    const identity = await this.identities.standIn(ref, { login, isNoted: memo.stoodIn === true });
    if (identity !== null) memo.stoodIn = true;
    return identity;
  }

  private slotsOf(id: number): Slots {
    const slots = this.slots.get(id) ?? new Slots(AT_ONCE);
    this.slots.set(id, slots);
    return slots;
  }
}

function resourceOf({ computeResource }: Operation): number {
  if (computeResource === null) throw new Error('This operation has no engine');
  if (computeResource.id !== null) return computeResource.id;
  throw new AppError('not_found', `${computeResource.name} is no compute resource any more`, { reason: 'engine_gone' });
}

function refOf({ actsAs, login }: Operation, computeResourceId: number): IdentityRef {
  const { userId } = actsAs;
  if (userId === null) throw new AppError('forbidden', `${login}, who began this, has no account any more`);
  return { ...actsAs, userId, computeResourceId };
}

/** The account has no right to look, or its password can be read no more. */
function isUnusable(error: unknown): boolean {
  if (error instanceof EngineError) return mayHaveEnded(error) || CANNOT.includes(error.kind);
  return error instanceof AppError && (error.code === 'unavailable' || error.code === 'too_many_requests');
}
