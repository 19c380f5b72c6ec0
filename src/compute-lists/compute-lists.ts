import { Injectable } from '@nestjs/common';
import { EngineIdentities, type Acting } from '../auth';
import type { Actor } from '../common/actor';
import { ComputeResourceStore, EngineRegistry, heard } from '../compute-resources';
import { SeenEngine, type Caller, type SeenResource } from './seen-engine';
import { SharedLists } from './shared-lists';

/** What forms offer and requests are checked against: lists of an engine, asked as whoever wants them. */
@Injectable()
export class ComputeLists {
  private readonly shared = new SharedLists();

  constructor(
    private readonly resources: ComputeResourceStore,
    private readonly registry: EngineRegistry,
    private readonly identities: EngineIdentities,
  ) {}

  /**
   * @param key id or name of the compute resource
   * @throws AppError not_found; forbidden with reason engine_identity_required
   */
  async seenBy(actor: Actor, key: string | number): Promise<SeenEngine> {
    const resource = await this.resources.get(key);
    return this.seenAs(await this.identities.of(actor, resource.id, { write: false }), resource);
  }

  /** @param key id or name @throws AppError not_found */
  async resourceOf(key: string | number): Promise<SeenResource> {
    const { id, name, datacenterId } = await this.resources.get(key);
    return { id, name, datacenterId };
  }

  /** The same of an identity at hand. @throws AppError not_found */
  async seenAs({ ref, as }: Acting, resource: SeenResource): Promise<SeenEngine> {
    const caller: Caller = {
      as,
      scope: await this.identities.scopeOf(ref),
      heard: (call) => heard(resource.name, this.identities.heardAs(ref, call)),
    };
    return new SeenEngine(resource, await this.registry.engine(resource.id), caller, this.shared);
  }
}
