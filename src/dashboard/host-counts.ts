import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../common/clock';
import { Database } from '../database';
import { hostFields } from '../hosts';
import { allOf, compileSearch, parseSearch, printSearch, type SearchNode } from '../search';

/** Many people look at the same figures: an answer is shared this long. */
export const SHARED_MS = 5_000;

/** How many hosts searches find, for the page and for programs alike. */
@Injectable()
export class HostCounts {
  private readonly shared = new LRUCache<string, Promise<number>>({ max: 3_000, ttl: SHARED_MS });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** By search, of the hosts that `filter` finds, too; an indexed count each. @throws AppError search_syntax */
  async of(searches: readonly string[], filter: SearchNode | null): Promise<ReadonlyMap<string, number>> {
    const now = this.clock.now();
    const narrowed = printSearch(filter);
    return new Map(
      await Promise.all(
        searches.map(async (search) => [search, await this.count(search, filter, narrowed, now)] as const),
      ),
    );
  }

  private count(search: string, filter: SearchNode | null, narrowed: string, now: Date): Promise<number> {
    const key = `${search}\n${narrowed}`;
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const options = { dialect: this.database.dialect, now };
    const where = compileSearch(allOf(parseSearch(search), filter), hostFields, options);
    const count = this.database.count('hosts', where);
    this.shared.set(key, count);
    count.catch(() => this.shared.delete(key));
    return count;
  }
}
