import { Injectable } from '@nestjs/common';
import type { HistoryBucket, HistoryValues, ReportHistory } from '../charts';
import { DAY_MS } from '../common/clock';
import { COUNTERS, NO_COUNTERS, type Counters } from '../common/counters';
import { Database } from '../database';

/** Charts are some hundred pixels wide: more buckets than this cannot be told apart. */
const BUCKETS = 400;

const MEASURES = ['config_retrieval', 'runtime - config_retrieval', ...COUNTERS];
type Row = Record<string, number>;

const SQL = `SELECT count(*) AS reports, min(reported_at) AS from_at, max(reported_at) AS to_at,
  ${MEASURES.map((measure, index) => `min(${measure}) AS min${index}, max(${measure}) AS max${index}`).join(', ')},
  ${COUNTERS.map((name) => `sum(${name}) AS sum_${name}`).join(', ')}
  FROM config_reports WHERE host_id = ? AND reported_at > ? GROUP BY (reported_at - ?) / ? ORDER BY 2`;

@Injectable()
export class ReportHistoryReadModel {
  constructor(private readonly database: Database) {}

  /** A host's reports of the last `days` days, decimated in the database: one query, at most some BUCKETS rows. */
  async of(hostId: number, days: number, now: Date): Promise<ReportHistory> {
    const since = new Date(now.getTime() - days * DAY_MS);
    const width = Math.ceil((days * DAY_MS) / BUCKETS);
    const rows = await this.database.query<Row>(SQL, [hostId, since.getTime(), since.getTime(), width]);
    const buckets = rows.map(toBucket);
    return {
      days,
      since,
      until: now,
      reports: buckets.reduce((sum, bucket) => sum + bucket.reports, 0),
      sums: buckets.reduce<Counters>((sums, { sum }) => add(sums, sum), NO_COUNTERS),
      buckets,
    };
  }
}

function toBucket(row: Row): HistoryBucket {
  const number = (column: string) => Number(row[column] ?? 0);
  const values = (prefix: 'min' | 'max'): HistoryValues => ({
    configRetrieval: number(`${prefix}0`),
    rest: number(`${prefix}1`),
    ...counters((_, index) => number(`${prefix}${index + 2}`)),
  });
  return {
    fromAt: new Date(number('from_at')),
    toAt: new Date(number('to_at')),
    reports: number('reports'),
    min: values('min'),
    max: values('max'),
    sum: counters((name) => number(`sum_${name}`)),
  };
}

function counters(valueOf: (name: keyof Counters, index: number) => number): Counters {
  return COUNTERS.reduce<Counters>((all, name, index) => ({ ...all, [name]: valueOf(name, index) }), NO_COUNTERS);
}

function add(a: Counters, b: Counters): Counters {
  return counters((name) => a[name] + b[name]);
}
