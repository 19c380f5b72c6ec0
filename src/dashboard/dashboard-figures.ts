import { Injectable } from '@nestjs/common';
import { parseSearch } from '../search';
import { percentOf } from '../view-kit';
import { COUNTED, type CountedKey, type DashboardCounters } from './dashboard-counters';
import { HostCounts } from './host-counts';

const KEYS = Object.keys(COUNTED) as CountedKey[];
const SEARCHES = [...new Set(KEYS.map((key) => COUNTED[key].search))];

/** Foreman's 17 figures, for programs. */
@Injectable()
export class DashboardFigures {
  constructor(private readonly counts: HostCounts) {}

  /** Of the hosts that `filter` finds. @throws AppError search_syntax */
  async of(filter: string): Promise<DashboardCounters> {
    const counts = await this.counts.of(SEARCHES, parseSearch(filter));
    const of = (key: CountedKey) => counts.get(COUNTED[key].search) ?? 0;
    return {
      ...(Object.fromEntries(KEYS.map((key) => [key, of(key)])) as Record<CountedKey, number>),
      good_hosts: of('active_hosts_ok') + of('ok_hosts'),
      good_hosts_enabled: of('active_hosts_ok_enabled') + of('ok_hosts_enabled'),
      percentage: percentOf(of('ok_hosts_enabled'), of('total_hosts')),
    };
  }
}
