import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error';
import { Slots } from '../common/slots';
import { EngineIdentities } from '../auth';
import { EngineRegistry } from '../compute-resources';
import { EngineError, type EngineIdentity, type EnginePorts, type Sighting, type Watched } from '../engine';
import { NobodySignedIn } from './operation-fault';
import type { Operation } from './operation';

/** So many calls of operations are on their way to one engine at a time: people ask it things, too. */
const AT_ONCE = 8;
/** So long a service account is not tried again that cannot read what is waited for. */
const UNUSABLE_MS = 5 * 60_000;
const CANNOT: EngineError['kind'][] = ['unauthorized', 'no_rights', 'ended_or_no_rights', 'forbidden', 'invalid_user'];

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
  async act<T>(operation: Operation, call: (engine: EnginePorts, as: EngineIdentity) => Promise<T>): Promise<T> {
    const id = resourceOf(operation);
    return this.slotsOf(id).run(async () => call(await this.registry.engine(id), await this.identityOf(operation, id)));
  }

  /** @throws NobodySignedIn, EngineError, AppError */
  async look(operation: Operation, watched: Watched, signal: AbortSignal): Promise<Sighting> {
    const id = resourceOf(operation);
    const engine = await this.registry.engine(id);
    if ((this.unusableUntil.get(id) ?? 0) <= Date.now()) {
      try {
        return await engine.watch.look(await this.registry.watcher(id), watched, { signal });
      } catch (error) {
        if (!(error instanceof EngineError) || !CANNOT.includes(error.kind)) throw error;
        this.unusableUntil.set(id, Date.now() + UNUSABLE_MS);
      }
    }
    return engine.watch.look(await this.identityOf(operation, id), watched, { signal });
  }

  private async identityOf({ actsAs, login }: Operation, computeResourceId: number): Promise<EngineIdentity> {
    const { userId } = actsAs;
    if (userId === null) throw new AppError('forbidden', `${login}, who began this, has no account any more`);
    const identity = await this.identities.resolve({ ...actsAs, userId, computeResourceId });
    if (identity === null) throw new NobodySignedIn();
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
