import type { ReportHistory } from '../charts';

/** The numbers a host's charts show; instants in ISO 8601, durations in seconds. */
export function historyJson(history: ReportHistory): object {
  return {
    range: history.days,
    reports: history.reports,
    metrics: history.sums,
    history: history.buckets.map(({ fromAt, toAt, reports, min, max, sum }) => ({
      from: fromAt,
      to: toAt,
      reports,
      min,
      max,
      sum,
    })),
  };
}
