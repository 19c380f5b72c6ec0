import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../common/clock';
import { Database } from '../database';
import { hostFields } from '../hosts';
import { allOf, compileSearch, parseSearch, printSearch, type SearchNode } from '../search';
import { percentOf } from '../web/view-format';
import { COUNTED, type CountedKey, type DashboardCounters } from './dashboard-counters';

/** Many ask for the same figures: an answer is shared this long. */
const SHARED_MS = 5_000;

@Injectable()
export class DashboardCountersReadModel {
  private readonly shared = new LRUCache<string, Promise<DashboardCounters>>({ max: 200, ttl: SHARED_MS });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Foreman's 17 figures of the hosts that `filter` finds: one indexed count a search. @throws AppError search_syntax */
  read(filter: string): Promise<DashboardCounters> {
    const search = parseSearch(filter);
    const key = search === null ? '' : printSearch(search);
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const counters = this.query(search);
    this.shared.set(key, counters);
    counters.catch(() => this.shared.delete(key));
    return counters;
  }

  private async query(filter: SearchNode | null): Promise<DashboardCounters> {
    const now = this.clock.now();
    const searches = [...new Set(Object.values(COUNTED).map(({ search }) => search))];
    const counts = new Map(
      await Promise.all(searches.map(async (search) => [search, await this.count(search, filter, now)] as const)),
    );
    const of = (key: CountedKey) => counts.get(COUNTED[key].search) ?? 0;
    const counted = Object.fromEntries(Object.keys(COUNTED).map((key) => [key, of(key as CountedKey)]));
    return {
      ...(counted as Record<CountedKey, number>),
      good_hosts: of('active_hosts_ok') + of('ok_hosts'),
      good_hosts_enabled: of('active_hosts_ok_enabled') + of('ok_hosts_enabled'),
      percentage: percentOf(of('ok_hosts_enabled'), of('total_hosts')),
    };
  }

  private count(search: string, filter: SearchNode | null, now: Date): Promise<number> {
    const options = { dialect: this.database.dialect, now };
    return this.database.count('hosts', compileSearch(allOf(parseSearch(search), filter), hostFields, options));
  }
}
