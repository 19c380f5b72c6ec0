import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { HistoryBucket, ReportHistory } from '../charts';
import { DAY_MS, MINUTE_MS } from '../common/clock';
import { COUNTERS, type Counters } from '../common/counters';
import { Database } from '../database';

/** Charts are some hundred pixels wide: more buckets than this cannot be told apart. */
const BUCKETS = 300;
const REMEMBERED_HOSTS = 500;

/** What a bucket tells of each value: SQL of the columns, and how they are called there. */
const VALUES = [...COUNTERS, 'rest', 'config_retrieval'] as const;
type Value = (typeof VALUES)[number];
const sqlOf = (value: Value): string => (value === 'rest' ? '(runtime - config_retrieval)' : value);
const EXTREMES = VALUES.map((value) => `min(${sqlOf(value)}) AS min_${value}, max(${sqlOf(value)}) AS max_${value}`);
const SUMS = COUNTERS.map((name) => `sum(${name}) AS sum_${name}`);

type Row = Record<`${'min' | 'max'}_${Value}` | `sum_${keyof Counters}`, number> &
  Record<'from_at' | 'to_at' | 'reports', number>;

interface Remembered {
  /** Changes whenever a report is added, removed or grows too old. */
  state: string;
  history: ReportHistory;
}

@Injectable()
export class ReportHistoryReadModel {
  private readonly remembered = new LRUCache<string, Remembered>({ max: REMEMBERED_HOSTS });

  constructor(private readonly database: Database) {}

  /**
   * A host's reports of the last `days` days, decimated to some BUCKETS buckets whose extremes are kept. The range ends
   * with the minute that runs, so that within it the same history is the same object, and what is made of it can be
   * remembered by it.
   * One query on the index tells whether what is remembered of the host still holds; else one more reads the buckets.
   */
  async of(hostId: number, days: number, now: Date): Promise<ReportHistory> {
    const until = new Date((Math.floor(now.getTime() / MINUTE_MS) + 1) * MINUTE_MS);
    const since = new Date(until.getTime() - days * DAY_MS);
    const [found] = await this.database.query<{ reports: number; newest: number | null }>(
      'SELECT count(*) AS reports, max(id) AS newest FROM config_reports WHERE host_id = ? AND reported_at > ?',
      [hostId, since.getTime()],
    );
    const state = `${found?.reports ?? 0} ${found?.newest ?? ''}`;
    const key = `${hostId} ${days}`;
    const known = this.remembered.get(key);
    if (known?.state === state && known.history.until.getTime() === until.getTime()) return known.history;
    const told = known?.state === state ? known.history : await this.read(hostId, since, days);
    const history = { ...told, since, until };
    this.remembered.set(key, { state, history });
    return history;
  }

  private async read(hostId: number, since: Date, days: number): Promise<Omit<ReportHistory, 'since' | 'until'>> {
    const width = (days * DAY_MS) / BUCKETS;
    const rows = await this.database.query<Row>(
      `SELECT min(reported_at) AS from_at, max(reported_at) AS to_at, count(*) AS reports, ${EXTREMES.join(', ')}, ${SUMS.join(', ')}
       FROM config_reports WHERE host_id = ? AND reported_at > ?
       GROUP BY (reported_at - CAST(? AS bigint)) / CAST(? AS bigint) ORDER BY 1`,
      [hostId, since.getTime(), since.getTime(), width],
    );
    const buckets = rows.map(bucketOf);
    return {
      days,
      buckets,
      reports: buckets.reduce((sum, bucket) => sum + bucket.reports, 0),
      sums: counted((name) => buckets.reduce((sum, bucket) => sum + bucket.sum[name], 0)),
    };
  }
}

function counted(of: (name: keyof Counters) => number): Counters {
  return Object.fromEntries(COUNTERS.map((name) => [name, of(name)])) as unknown as Counters;
}

function bucketOf(row: Row): HistoryBucket {
  const values = (extreme: 'min' | 'max') => ({
    ...counted((name) => row[`${extreme}_${name}`]),
    rest: row[`${extreme}_rest`],
    configRetrieval: row[`${extreme}_config_retrieval`],
  });
  return {
    fromAt: new Date(row.from_at),
    toAt: new Date(row.to_at),
    reports: row.reports,
    min: values('min'),
    max: values('max'),
    sum: counted((name) => Number(row[`sum_${name}`])),
  };
}
