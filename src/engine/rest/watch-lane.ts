import type { EngineIdentity, Sighting, Watched } from '../ports';
import { MOST_IDS } from './search-text';

/** What is asked for at once. */
export interface Look {
  as: EngineIdentity;
  /** Tells identities apart. */
  who: string;
  vms: string[];
  correlationIds: string[];
}

interface Waiter {
  as: EngineIdentity;
  who: string;
  watched: Watched;
  resolve: (sighting: Sighting) => void;
  reject: (error: unknown) => void;
}

/**
 * Those who wait stand in line; each look takes as many of one identity from its head as fit, and who wants to look again
 * goes to its end. So nobody is passed over, however many there are.
 */
export class WatchLane {
  private line: Waiter[] = [];
  private timer?: NodeJS.Timeout;
  private isLooking = false;
  private lastBegan = -Infinity;

  /** @param onIdle called when nobody has waited for a while: the lane may be forgotten */
  constructor(
    private readonly everyMs: number,
    private readonly see: (look: Look) => Promise<Sighting>,
    private readonly onIdle?: () => void,
  ) {}

  /** @throws what the look fails with; the signal's reason */
  async next(as: EngineIdentity, who: string, watched: Watched, signal?: AbortSignal): Promise<Sighting> {
    signal?.throwIfAborted();
    let giveUp = (): void => undefined;
    const sighting = new Promise<Sighting>((resolve, reject) => {
      const waiter: Waiter = { as, who, watched, resolve, reject };
      giveUp = () => {
        this.line = this.line.filter((other) => other !== waiter);
        reject(signal?.reason as Error);
      };
      this.line.push(waiter);
    });
    signal?.addEventListener('abort', giveUp, { once: true });
    this.schedule();
    return sighting.finally(() => signal?.removeEventListener('abort', giveUp));
  }

  private schedule(): void {
    if (this.timer || this.isLooking) return;
    const wait = Math.max(0, this.lastBegan + this.everyMs - Date.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.line.length > 0) void this.look();
      else this.onIdle?.();
    }, wait).unref();
  }

  private async look(): Promise<void> {
    const { waiters, ...look } = this.takeFromHead();
    this.isLooking = true;
    this.lastBegan = Date.now();
    try {
      const sighting = await this.see(look);
      for (const { resolve } of waiters) resolve(sighting);
    } catch (error) {
      for (const { reject } of waiters) reject(error);
    } finally {
      this.isLooking = false;
      this.schedule();
    }
  }

  private takeFromHead(): Look & { waiters: Waiter[] } {
    const [first] = this.line;
    if (!first) throw new Error('Nobody waits');
    const [vms, correlationIds] = [new Set<string>(), new Set<string>()];
    const waiters: Waiter[] = [];
    for (const waiter of this.line.filter(({ who }) => who === first.who)) {
      const { vms: moreVms = [], correlationIds: moreIds = [] } = waiter.watched;
      const fits = sizeOf(vms, moreVms) <= MOST_IDS && sizeOf(correlationIds, moreIds) <= MOST_IDS;
      if (!fits) break;
      for (const id of moreVms) vms.add(id);
      for (const id of moreIds) correlationIds.add(id);
      waiters.push(waiter);
    }
    const taken = new Set(waiters);
    this.line = this.line.filter((waiter) => !taken.has(waiter));
    return { as: first.as, who: first.who, vms: [...vms], correlationIds: [...correlationIds], waiters };
  }
}

const sizeOf = (ids: Set<string>, more: readonly string[]) => new Set([...ids, ...more]).size;
