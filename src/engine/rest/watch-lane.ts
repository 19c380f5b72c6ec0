import type { EngineIdentity, Watched } from '../ports';

/** What is asked for at once. */
export interface Look {
  as: EngineIdentity;
  /** Tells identities apart. */
  who: string;
  vms: string[];
  correlationIds: string[];
}

interface Waiter<Seen> {
  as: EngineIdentity;
  who: string;
  watched: Watched;
  resolve: (seen: Seen) => void;
  reject: (error: unknown) => void;
}

/** How a lane looks. */
interface Habit<Seen> {
  /** At most one look in so long. */
  everyMs: number;
  /** So many ids of each kind at most. */
  most: number;
  see: (look: Look) => Promise<Seen>;
  /** Called when nobody has waited for a while: the lane may be forgotten. */
  onIdle?: () => void;
}

/**
 * Those who wait stand in line; each look takes as many of one identity from its head as fit, and who wants to look again
 * goes to its end. So nobody is passed over, however many there are.
 */
export class WatchLane<Seen> {
  private line: Waiter<Seen>[] = [];
  private timer?: NodeJS.Timeout;
  private isLooking = false;
  private lastBegan = -Infinity;

  constructor(private readonly habit: Habit<Seen>) {}

  /** @throws what the look fails with; the signal's reason */
  async next(as: EngineIdentity, who: string, watched: Watched, signal?: AbortSignal): Promise<Seen> {
    signal?.throwIfAborted();
    let giveUp = (): void => undefined;
    const seen = new Promise<Seen>((resolve, reject) => {
      const waiter: Waiter<Seen> = { as, who, watched, resolve, reject };
      giveUp = () => {
        this.line = this.line.filter((other) => other !== waiter);
        reject(signal?.reason as Error);
      };
      this.line.push(waiter);
    });
    signal?.addEventListener('abort', giveUp, { once: true });
    this.schedule();
    return seen.finally(() => signal?.removeEventListener('abort', giveUp));
  }

  private schedule(): void {
    if (this.timer || this.isLooking) return;
    const wait = Math.max(0, this.lastBegan + this.habit.everyMs - Date.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.line.length > 0) void this.look();
      else this.habit.onIdle?.();
    }, wait).unref();
  }

  private async look(): Promise<void> {
    const { waiters, ...look } = this.takeFromHead();
    this.isLooking = true;
    this.lastBegan = Date.now();
    try {
      const seen = await this.habit.see(look);
      for (const { resolve } of waiters) resolve(seen);
    } catch (error) {
      for (const { reject } of waiters) reject(error);
    } finally {
      this.isLooking = false;
      this.schedule();
    }
  }

  private takeFromHead(): Look & { waiters: Waiter<Seen>[] } {
    const { most } = this.habit;
    const [first] = this.line;
    if (!first) throw new Error('Nobody waits');
    const [vms, correlationIds] = [new Set<string>(), new Set<string>()];
    const waiters: Waiter<Seen>[] = [];
    for (const waiter of this.line.filter(({ who }) => who === first.who)) {
      const { vms: moreVms = [], correlationIds: moreIds = [] } = waiter.watched;
      const fits = sizeOf(vms, moreVms) <= most && sizeOf(correlationIds, moreIds) <= most;
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

/** A lane for all accounts together, and one for each session that somebody waits with. */
export class WatchLanes<Seen> {
  private readonly accounts: WatchLane<Seen>;
  private readonly sessions = new Map<string, WatchLane<Seen>>();

  /** @param everyMs of accounts together and of each session */
  constructor(
    private readonly everyMs: { accounts: number; session: number },
    private readonly habit: Pick<Habit<Seen>, 'most' | 'see'>,
  ) {
    this.accounts = new WatchLane({ ...habit, everyMs: everyMs.accounts });
  }

  /** @throws what the look fails with; the signal's reason */
  next(as: EngineIdentity, watched: Watched, signal?: AbortSignal): Promise<Seen> {
    const { credential } = as;
    if ('account' in credential) return this.accounts.next(as, JSON.stringify(credential), watched, signal);
    return this.laneOf(credential.session).next(as, credential.session, watched, signal);
  }

  private laneOf(session: string): WatchLane<Seen> {
    const known = this.sessions.get(session);
    if (known) return known;
    const onIdle = () => void this.sessions.delete(session);
    const lane = new WatchLane({ ...this.habit, everyMs: this.everyMs.session, onIdle });
    this.sessions.set(session, lane);
    return lane;
  }
}
