import { Injectable } from '@nestjs/common';
import { EngineIdentities } from '../../auth';
import type { Actor } from '../../common/actor';
import { AppError } from '../../common/app-error';
import type { ListRequest, Page } from '../../common/paging';
import { EngineRegistry, heard } from '../../compute-resources';
import type { Machine } from './machine';
import { MachineAccess } from './machine-access';
import { MachineListReadModel } from './machine-list.read-model';
import { MachinePlaces } from './machine-places';

/** Machines for whoever may see them, with their places in webadmin. */
@Injectable()
export class Machines {
  constructor(
    private readonly access: MachineAccess,
    private readonly list: MachineListReadModel,
    private readonly places: MachinePlaces,
    private readonly identities: EngineIdentities,
    private readonly registry: EngineRegistry,
  ) {}

  /** @throws AppError search_syntax */
  async page(
    actor: Actor,
    request: ListRequest,
    which: { unowned?: boolean; background?: boolean } = {},
  ): Promise<{ found: Page<Machine>; placeOf: (machine: Machine) => string }> {
    return { found: await this.list.page(actor, request, which), placeOf: await this.places.finder() };
  }

  /** @throws AppError not_found; invalid with reason `ambiguous` */
  async get(actor: Actor, key: string, { background = false } = {}): Promise<{ machine: Machine; place: string }> {
    const known = await this.access.get(actor, key, { background });
    const machine = background ? known : await this.list.now(actor, known);
    return { machine, place: (await this.places.finder())(machine) };
  }

  /** The engine's `.vv` file, asked as the caller. @throws AppError not_found, conflict no_console, forbidden */
  async console(actor: Actor, key: string): Promise<{ name: string; file: string }> {
    const { name, computeResource, vmId, datacenterId } = await this.access.get(actor, key);
    const purpose = { write: true, dataCenterId: datacenterId ?? undefined };
    const { ref, as } = await this.identities.of(actor, computeResource.id, purpose);
    const engine = await this.registry.engine(computeResource.id);
    const file = await heard(computeResource.name, this.identities.heardAs(ref, engine.vms.consoleFile(as, vmId)));
    if (file !== null) return { name, file };
    throw new AppError('conflict', `${name} has no console now: it must be running, with a graphical console`, {
      reason: 'no_console',
    });
  }
}
