import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { HistoryBucket, ReportHistory } from '../charts';
import { DAY_MS } from '../common/clock';
import { COUNTERS, NO_COUNTERS, type Counters } from '../common/counters';
import { Database } from '../database';

/** Charts are some hundred pixels wide: more buckets than this cannot be told apart. */
const BUCKETS = 300;
const REMEMBERED_HOSTS = 500;

interface Row extends Counters {
  reported_at: number;
  runtime: number;
  config_retrieval: number;
}

interface Remembered {
  /** Changes whenever a report is added, removed or grows too old. */
  state: string;
  buckets: HistoryBucket[];
  reports: number;
  sums: Counters;
}

@Injectable()
export class ReportHistoryReadModel {
  private readonly remembered = new LRUCache<string, Remembered>({ max: REMEMBERED_HOSTS });

  constructor(private readonly database: Database) {}

  /**
   * A host's reports of the last `days` days, decimated to some BUCKETS buckets whose extremes are kept.
   * One query on the index tells whether what is remembered of the host still holds; else one more reads the reports.
   */
  async of(hostId: number, days: number, now: Date): Promise<ReportHistory> {
    const since = new Date(now.getTime() - days * DAY_MS);
    const [found] = await this.database.query<{ reports: number; newest: number | null }>(
      'SELECT count(*) AS reports, max(id) AS newest FROM config_reports WHERE host_id = ? AND reported_at > ?',
      [hostId, since.getTime()],
    );
    const state = `${found?.reports ?? 0} ${found?.newest ?? ''}`;
    const key = `${hostId} ${days}`;
    let known = this.remembered.get(key);
    if (known?.state !== state)
      this.remembered.set(key, (known = { state, ...(await this.read(hostId, since, days)) }));
    return { days, since, until: now, reports: known.reports, sums: known.sums, buckets: known.buckets };
  }

  private async read(hostId: number, since: Date, days: number): Promise<Omit<Remembered, 'state'>> {
    const rows = await this.database.query<Row>(
      `SELECT reported_at, runtime, config_retrieval, applied, restarted, failed, failed_restarts, skipped, pending
       FROM config_reports WHERE host_id = ? AND reported_at > ? ORDER BY reported_at`,
      [hostId, since.getTime()],
    );
    const width = (days * DAY_MS) / BUCKETS;
    const buckets: HistoryBucket[] = [];
    const sums = { ...NO_COUNTERS };
    let last = -1;
    for (const row of rows) {
      const number = Math.floor((row.reported_at - since.getTime()) / width);
      if (number === last) extend(buckets.at(-1), row);
      else buckets.push(bucketOf(row));
      last = number;
      for (const name of COUNTERS) sums[name] += row[name];
    }
    return { buckets, reports: rows.length, sums };
  }
}

function bucketOf(row: Row): HistoryBucket {
  const { reported_at, runtime, config_retrieval: configRetrieval, ...counters } = row;
  const values = { ...counters, configRetrieval, rest: runtime - configRetrieval };
  const at = new Date(reported_at);
  return { fromAt: at, toAt: at, reports: 1, min: values, max: { ...values }, sum: counters };
}

function extend(bucket: HistoryBucket | undefined, row: Row): void {
  if (bucket === undefined) return;
  const { min, max, sum } = bucket;
  bucket.reports += 1;
  bucket.toAt = new Date(row.reported_at);
  for (const name of COUNTERS) {
    sum[name] += row[name];
    if (row[name] < min[name]) min[name] = row[name];
    if (row[name] > max[name]) max[name] = row[name];
  }
  const rest = row.runtime - row.config_retrieval;
  min.rest = Math.min(min.rest, rest);
  max.rest = Math.max(max.rest, rest);
  min.configRetrieval = Math.min(min.configRetrieval, row.config_retrieval);
  max.configRetrieval = Math.max(max.configRetrieval, row.config_retrieval);
}
