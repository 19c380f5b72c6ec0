import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { userIdOf, type Actor } from '../../common/actor';
import { atMost } from '../../common/cache-limit';
import { Clock } from '../../common/clock';
import type { ListRequest, Page } from '../../common/paging';
import { ComputeResourceStore } from '../../compute-resources';
import { Database } from '../../database';
import { allOf, anyOf, compare, searchPage, type SearchNode } from '../../search';
import type { Machine } from './machine';
import { MachineAccess } from './machine-access';
import { machineFields } from './machine-search.fields';
import { MachineStore, SELECT_MACHINES, toMachine, type ShownMachine } from './machine.store';

const LIST = { fields: machineFields, select: SELECT_MACHINES, order: 'machines.created_at DESC, machines.id DESC' };
/** Machines of others that an engine is asked about: the newest. */
const MOST_OTHERS = 500;
/** An engine is asked about so many VMs at once. */
const AT_ONCE = 100;
const KEPT_MS = 10_000;

/** Machines that somebody sees, as a list. */
@Injectable()
export class MachineListReadModel {
  /** What engines showed, by who was shown it as whom. */
  private readonly visible = new LRUCache<string, { ids: Promise<number[]>; until: number }>(atMost(1_000));

  constructor(
    private readonly database: Database,
    private readonly machines: MachineStore,
    private readonly access: MachineAccess,
    private readonly resources: ComputeResourceStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Newest first unless ordered.
   * @param unowned only those that nobody owns any more
   * @param background without asking an engine: what it told last
   * @throws AppError search_syntax
   */
  async page(actor: Actor, request: ListRequest, { unowned = false, background = false } = {}): Promise<Page<Machine>> {
    const scope = allOf(await this.scopeOf(actor, background), unowned ? compare('unowned', '=', 'true') : null);
    const found = await searchPage<ShownMachine>(this.database, this.clock.now(), LIST, request, scope);
    const rows = found.rows.map(toMachine);
    return { ...found, rows: background ? rows : await this.asOfNow(actor, rows) };
  }

  /** A machine as its engine tells the caller now, where it answers. */
  async now(actor: Actor, machine: Machine): Promise<Machine> {
    return (await this.asOfNow(actor, [machine]))[0] ?? machine;
  }

  /** One's own, and what one's engine shows; null: all. */
  private async scopeOf(actor: Actor, background: boolean): Promise<SearchNode | null> {
    if (actor.admin && actor.engineId === undefined) return null;
    const own = compare('owner_id', '=', String(userIdOf(actor)));
    const others = await this.shownTo(actor, background);
    if (others.length === 0) return own;
    const values = others.map((id) => ({ text: String(id) }));
    return anyOf(own, { kind: 'list', field: { text: 'id' }, negated: false, values });
  }

  private shownTo(actor: Actor, background: boolean): Promise<number[]> {
    const userId = userIdOf(actor);
    const key = JSON.stringify([userId, actor.engineAccess ?? null]);
    const kept = this.visible.get(key);
    if (background || (kept !== undefined && kept.until > performance.now())) return kept?.ids ?? Promise.resolve([]);
    const ids = this.askFor(actor, userId);
    this.visible.set(key, { ids, until: performance.now() + KEPT_MS });
    ids.catch(() => this.visible.delete(key));
    return ids;
  }

  private async askFor(actor: Actor, userId: number): Promise<number[]> {
    const theirs = (await this.resources.list()).filter(({ engineId }) => engineId === actor.engineId);
    const others = await this.machines.othersThan(
      userId,
      theirs.map(({ id }) => id),
      MOST_OTHERS,
    );
    const shown = await Promise.all(
      theirs.flatMap(({ id }) => {
        const here = others.filter(({ compute_resource_id: resourceId }) => resourceId === id);
        return slicesOf(here).map(async (slice) => {
          const vms = await this.access.shownBy(
            actor,
            id,
            slice.map(({ vm_id: vmId }) => vmId),
          );
          return slice.filter(({ vm_id: vmId }) => vms.has(vmId)).map((machine) => machine.id);
        });
      }),
    );
    return shown.flat();
  }

  /** With the states that the engines tell the caller now, where they answer. */
  private async asOfNow(actor: Actor, rows: Machine[]): Promise<Machine[]> {
    const there = rows.filter(({ removedAt, state }) => removedAt === null && state !== 'launching');
    const resources = [...new Set(there.map(({ computeResource }) => computeResource.id))];
    const told = await Promise.all(
      resources.map(async (id) => {
        const vmIds = there.filter(({ computeResource }) => computeResource.id === id).map(({ vmId }) => vmId);
        return [id, await this.access.shownBy(actor, id, vmIds.slice(0, AT_ONCE))] as const;
      }),
    );
    const byResource = new Map(told);
    const now = this.clock.now();
    return rows.map((machine) => {
      const vm = byResource.get(machine.computeResource.id)?.get(machine.vmId);
      return vm === undefined || machine.state === 'launching'
        ? machine
        : { ...machine, state: vm.status, stateAt: now };
    });
  }
}

function slicesOf<T>(rows: readonly T[]): T[][] {
  const count = Math.ceil(rows.length / AT_ONCE);
  return Array.from({ length: count }, (_, n) => rows.slice(n * AT_ONCE, (n + 1) * AT_ONCE));
}
