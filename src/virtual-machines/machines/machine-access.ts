import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { EngineIdentities, type Acting } from '../../auth';
import type { Actor } from '../../common/actor';
import { AppError, notFound } from '../../common/app-error';
import { atMost } from '../../common/cache-limit';
import { EngineRegistry } from '../../compute-resources';
import { EngineError, type EngineVm } from '../../engine';
import type { Machine } from './machine';
import { MachineStore } from './machine.store';

const PATIENCE_MS = 5_000;

/** Who sees which machine: its owner, a local administrator, and whoever its engine shows it when asked as themselves. */
@Injectable()
export class MachineAccess {
  /** VMs that engines showed at the last look. */
  private readonly lately = new LRUCache<string, Set<string>>(atMost(1_000));

  constructor(
    private readonly machines: MachineStore,
    private readonly identities: EngineIdentities,
    private readonly registry: EngineRegistry,
  ) {}

  /** @param key our id or a unique name @throws AppError not_found; invalid with reason `ambiguous` */
  async get(actor: Actor, key: string, { background = false } = {}): Promise<Machine> {
    const found = await this.machines.find(key, actor.userId ?? null);
    const seen = await this.seenOf(actor, found, background);
    const [machine, ...others] = seen;
    if (machine === undefined) throw notFound('virtual_machine', key);
    if (others.length === 0) return machine;
    throw new AppError('invalid', `Several machines are called ${key}: give an id`, {
      reason: 'ambiguous',
      candidates: seen.map(({ id, name, computeResource }) => ({
        id: String(id),
        name: `${name} in ${computeResource.name}`,
      })),
    });
  }

  /** Ids of the VMs of a compute resource, among these, that its engine shows the caller, with what it says of them. */
  async shownBy(actor: Actor, computeResourceId: number, vmIds: string[]): Promise<Map<string, EngineVm>> {
    const acting = await this.actingFor(actor, computeResourceId);
    if (acting === null || vmIds.length === 0) return new Map();
    const engine = await this.registry.engine(computeResourceId);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      const vms = await this.identities.heardAs(acting.ref, engine.vms.byIds(acting.as, vmIds, { signal }));
      return new Map(vms.map((vm) => [vm.id, vm]));
    } catch (error) {
      if (error instanceof EngineError || signal.aborted) return new Map(); // what is kept is shown
      throw error;
    }
  }

  /** @param background of others those that the engine has shown this person lately, without being asked */
  private async seenOf(actor: Actor, machines: Machine[], background: boolean): Promise<Machine[]> {
    const own = (machine: Machine) => ownsOrRules(actor, machine);
    const others = machines.filter((machine) => !own(machine));
    const key = keyOf(actor);
    const lately = this.lately.get(key) ?? new Set<string>();
    if (background) return machines.filter((machine) => own(machine) || lately.has(machine.vmId));
    const resources = [...new Set(others.map(({ computeResource }) => computeResource.id))];
    const shown = await Promise.all(
      resources.map(async (id) => {
        const vmIds = others.filter(({ computeResource }) => computeResource.id === id).map(({ vmId }) => vmId);
        return [...(await this.shownBy(actor, id, vmIds)).keys()];
      }),
    );
    const now = new Set(shown.flat());
    this.lately.set(key, now);
    return machines.filter((machine) => own(machine) || now.has(machine.vmId));
  }

  /** Null for those whom the engine does not know. */
  private async actingFor(actor: Actor, computeResourceId: number): Promise<Acting | null> {
    try {
      return await this.identities.of(actor, computeResourceId, { write: false });
    } catch (error) {
      if (error instanceof AppError && error.code === 'forbidden') return null;
      throw error;
    }
  }
}

const keyOf = ({ userId, engineAccess }: Actor) => JSON.stringify([userId, engineAccess ?? null]);

function ownsOrRules(actor: Actor, { owner }: Machine): boolean {
  const isLocalAdmin = actor.admin && actor.engineId === undefined;
  return isLocalAdmin || (actor.userId !== undefined && actor.userId === owner.id);
}
