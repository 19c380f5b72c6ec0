import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../common/clock';
import { Database } from '../database';
import { hostFields } from '../hosts';
import { allOf, compileSearch, parseSearch, printSearch, type SearchNode } from '../search';

/** Many people look at the same figures: an answer is shared this long. */
export const SHARED_MS = 5_000;

/** Hosts that both find are counted; what depends on time goes by `now`. */
interface Question {
  search: string;
  filter: SearchNode | null;
  now: Date;
}

/** How many hosts searches find, for the page and for programs alike. */
@Injectable()
export class HostCounts {
  private readonly shared = new LRUCache<string, number, Question>({
    max: 3_000,
    ttl: SHARED_MS,
    ignoreFetchAbort: true,
    fetchMethod: (_key, _stale, { context }) => this.count(context),
  });

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
        searches.map(async (search) => {
          const context = { search, filter, now };
          return [search, await this.shared.forceFetch(`${search}\n${narrowed}`, { context })] as const;
        }),
      ),
    );
  }

  private async count({ search, filter, now }: Question): Promise<number> {
    const options = { dialect: this.database.dialect, now };
    const from = filter === null ? this.database : this.database.searches; // the plain dashboard waits for nobody
    return from.count('hosts', compileSearch(allOf(parseSearch(search), filter), hostFields, options));
  }
}
