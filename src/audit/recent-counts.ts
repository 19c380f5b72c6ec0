import { LRUCache } from 'lru-cache';
import { atMost } from '../common/cache-limit';
import type { Clock } from '../common/clock';

interface Count {
  count: number;
  since: number;
}

/** Counts what happened lately: a key's time begins with its first one. In memory, so each instance counts for itself. */
export class RecentCounts {
  private readonly counts = new LRUCache<string, Count>(atMost(20_000));
  private latestMs = 0;

  constructor(
    private readonly clock: Clock,
    private readonly windowMs: number,
  ) {}

  /** @returns how many they are now */
  add(key: string): number {
    const known = this.current(key) ?? { count: 0, since: this.nowMs };
    known.count += 1;
    this.counts.set(key, known);
    return known.count;
  }

  of(key: string): number {
    return this.current(key)?.count ?? 0;
  }

  /** Until they are forgotten. */
  leftMs(key: string): number {
    const known = this.current(key);
    return known === undefined ? 0 : known.since + this.windowMs - this.nowMs;
  }

  forget(key: string): void {
    this.counts.delete(key);
  }

  private current(key: string): Count | undefined {
    const now = this.nowMs;
    const known = this.counts.get(key);
    return known !== undefined && known.since + this.windowMs > now ? known : undefined;
  }

  /** When the clock steps back, so does what was counted: nobody waits the longer for it. */
  private get nowMs(): number {
    const now = this.clock.now().getTime();
    if (now < this.latestMs) this.counts.forEach((count) => (count.since += now - this.latestMs));
    this.latestMs = now;
    return now;
  }
}
