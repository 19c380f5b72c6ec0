import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AppError } from '../common/app-error';
import { Clock, DAY_MS, MINUTE_MS } from '../common/clock';
import type { Counters } from '../common/counters';
import type { ReportIntervals } from '../config';
import { Database, rowsFromJson, type Reader, type RowOf, type SqlParams } from '../database';
import { REPORT_INTERVALS, hostFields, type Host } from '../hosts';
import { EVENTFUL, type ConfigReport } from '../reports';
import { allOf, compileSearch, parseSearch, printSearch, type SearchNode } from '../search';
import { SHOWN } from './dashboard-counters';
import type { DashboardData } from './dashboard.view';
import { HostCounts, SHARED_MS } from './host-counts';

const BINS = 10;
const EVENTS = 9;
const EVENT_DAYS = 7;

interface Condition {
  sql: string;
  params: SqlParams;
}

type Bins = DashboardData['distribution']['bins'];

/** What the dashboard tells of reports. */
interface Recent {
  bins: Bins;
  events: DashboardData['events'];
  generatedAt: Date;
}

@Injectable()
export class DashboardReadModel {
  private readonly shared = new LRUCache<string, Recent, SearchNode | null>({
    max: 200,
    ttl: SHARED_MS,
    ignoreFetchAbort: true,
    fetchMethod: (_key, _stale, { context: search }) => this.recent(search),
  });

  constructor(
    private readonly counts: HostCounts,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(REPORT_INTERVALS) private readonly intervals: ReportIntervals,
  ) {}

  /**
   * Everything the dashboard shows of the hosts that `filter` finds: an indexed count a row and three more queries.
   * A filter that is not understood becomes part of the data.
   */
  async read(filter: string): Promise<DashboardData> {
    try {
      return await this.query(parseSearch(filter), filter);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'search_syntax') throw error;
      return { ...this.empty(filter, this.clock.now()), filterError: error };
    }
  }

  private async query(search: SearchNode | null, filter: string): Promise<DashboardData> {
    const [counts, { bins, events, generatedAt }] = await Promise.all([
      this.counts.of(['', ...SHOWN.map((row) => row.search)], search),
      this.shared.forceFetch(printSearch(search), { context: search }),
    ]);
    const empty = this.empty(filter, generatedAt);
    const rows = SHOWN.map((row) => ({
      key: row.key,
      search: search === null ? row.search : printSearch(allOf(parseSearch(row.search), search)),
      count: counts.get(row.search) ?? 0,
    }));
    return { ...empty, totalHosts: counts.get('') ?? 0, rows, distribution: { ...empty.distribution, bins }, events };
  }

  private async recent(search: SearchNode | null): Promise<Recent> {
    const now = this.clock.now();
    const [bins, events] = await Promise.all([this.distribution(search, now), this.events(search, now)]);
    return { bins, events, generatedAt: now };
  }

  /** Reports of the last interval in half-open bins, oldest first; a count each, as grouping would take much longer. */
  private async distribution(search: SearchNode | null, now: Date): Promise<Bins> {
    const width = (this.intervals.defaultMinutes * MINUTE_MS) / BINS;
    const starts = Array.from({ length: BINS }, (_, bin) => now.getTime() - (BINS - bin) * width);
    const hosts = this.ofHosts(search, now);
    const rows = await this.readerFor(search).query<{ since: number; reports: number }>(
      `WITH bins (since, until) AS (${rowsFromJson(this.database.dialect, ['bigint', 'bigint'])})
       SELECT since, (SELECT count(*) FROM config_reports
         WHERE reported_at >= bins.since AND reported_at < bins.until${hosts.sql}) AS reports FROM bins ORDER BY since`,
      [JSON.stringify(starts.map((since) => [since, since + width])), ...hosts.params],
    );
    return rows.map(({ since, reports }) => ({
      minutesAgo: Math.round((now.getTime() - since) / MINUTE_MS),
      reports,
    }));
  }

  private async events(search: SearchNode | null, now: Date): Promise<DashboardData['events']> {
    const hosts = this.ofHosts(search, now);
    const rows = await this.readerFor(search).query<
      RowOf<ConfigReport, 'id' | 'origin' | 'reported_at' | keyof Counters> & RowOf<Host, 'name'>
    >(
      `SELECT latest.*, hosts.name FROM (
         SELECT id, host_id, origin, reported_at, applied, restarted, failed, failed_restarts, skipped, pending
         FROM config_reports WHERE ${EVENTFUL} AND reported_at > ?${hosts.sql} ORDER BY reported_at DESC, id DESC LIMIT ?
       ) AS latest JOIN hosts ON hosts.id = latest.host_id ORDER BY latest.reported_at DESC, latest.id DESC`,
      [now.getTime() - EVENT_DAYS * DAY_MS, ...hosts.params, EVENTS],
    );
    return rows.map(
      ({ id, name, origin, reported_at, applied, restarted, failed, failed_restarts, skipped, pending }) => ({
        reportId: id,
        hostName: name,
        origin,
        counters: { applied, restarted, failed, failed_restarts, skipped, pending },
        reportedAt: new Date(reported_at),
      }),
    );
  }

  /** Further condition on config_reports: of the hosts found; none when all are. */
  private ofHosts(search: SearchNode | null, now: Date): Condition {
    if (search === null) return { sql: '', params: [] };
    const { sql, params } = compileSearch(search, hostFields, { dialect: this.database.dialect, now });
    return { sql: ` AND host_id IN (SELECT hosts.id FROM hosts WHERE ${sql})`, params };
  }

  /** The plain dashboard waits for nobody's search. */
  private readerFor(search: SearchNode | null): Reader {
    return search === null ? this.database : this.database.searches;
  }

  private empty(filter: string, now: Date): DashboardData {
    const { defaultMinutes, graceMinutes } = this.intervals;
    return {
      totalHosts: 0,
      filter,
      rows: SHOWN.map(({ key, search }) => ({ key, search, count: 0 })),
      distribution: { intervalMinutes: defaultMinutes, bins: [] },
      events: [],
      recentMinutes: defaultMinutes + graceMinutes,
      generatedAt: now,
    };
  }
}
