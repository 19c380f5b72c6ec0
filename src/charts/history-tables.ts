import { COUNTERS, NO_COUNTERS, type Counters } from '../common/counters';
import type { HistoryBucket, ReportHistory } from './report-history';

const HOUR_MS = 3_600_000;
const MAX_ROWS = 31;
/** Row lengths that read well, in hours; beyond them whole days are put together. */
const STEP_HOURS = [1, 6, 24];

/** The reports whose bucket starts in [fromAt, toAt): counters summed, seconds at their highest. */
export interface HistoryTableRow {
  fromAt: Date;
  toAt: Date;
  reports: number;
  sums: Counters;
  maxConfigRetrieval: number;
  maxRest: number;
}

/** Hours per row so that `days` make at most 31 rows. */
function stepHours(days: number): number {
  const hours = days * 24;
  return STEP_HOURS.find((step) => hours / step <= MAX_ROWS) ?? Math.ceil(days / MAX_ROWS) * 24;
}

function add(row: HistoryTableRow, bucket: HistoryBucket): void {
  row.reports += bucket.reports;
  for (const name of COUNTERS) row.sums[name] += bucket.sum[name];
  row.maxConfigRetrieval = Math.max(row.maxConfigRetrieval, bucket.max.configRetrieval);
  row.maxRest = Math.max(row.maxRest, bucket.max.rest);
}

/** The text alternative of both history charts, newest first: a row per hour, 6 hours, day or days, none empty. */
export function historyTable({ days, since, buckets }: ReportHistory): HistoryTableRow[] {
  const stepMs = stepHours(days) * HOUR_MS;
  const rows = new Map<number, HistoryTableRow>();
  for (const bucket of buckets) {
    const index = Math.floor((bucket.fromAt.getTime() - since.getTime()) / stepMs);
    const start = since.getTime() + index * stepMs;
    const row = rows.get(index) ?? {
      fromAt: new Date(start),
      toAt: new Date(start + stepMs),
      reports: 0,
      sums: { ...NO_COUNTERS },
      maxConfigRetrieval: 0,
      maxRest: 0,
    };
    add(row, bucket);
    rows.set(index, row);
  }
  return [...rows.values()].reverse();
}
