import type { Counters } from '../common/counters';

/** What one report says: its counters, and seconds. */
export interface HistoryValues extends Counters {
  /** Seconds spent fetching the configuration. */
  configRetrieval: number;
  /** Seconds of the run without `configRetrieval`. */
  rest: number;
}

/** The reports of one stretch of time, as extremes and sums, so that a thousand reports still show each peak. */
export interface HistoryBucket {
  /** Instant of the first report in the bucket. */
  fromAt: Date;
  /** Instant of the last report in the bucket; equals `fromAt` when there is one report. */
  toAt: Date;
  reports: number;
  min: HistoryValues;
  max: HistoryValues;
  sum: Counters;
}

/** A host's reports of the last `days` days, at most about 400 buckets, ascending, none empty. */
export interface ReportHistory {
  days: number;
  since: Date;
  until: Date;
  reports: number;
  sums: Counters;
  buckets: HistoryBucket[];
}
