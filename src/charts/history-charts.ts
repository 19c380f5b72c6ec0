import type { ChartSeries, HistoryChart, TimePoint } from '../contracts/chart';
import { PALETTE } from './palette';
import type { HistoryBucket, HistoryValues, ReportHistory } from './report-history';

/** One report is a point at its time; several are their minimum at the first and their maximum at the last. */
function points(buckets: readonly HistoryBucket[], value: keyof HistoryValues): TimePoint[] {
  return buckets.flatMap(({ reports, fromAt, toAt, min, max }) => {
    const first = { x: fromAt.getTime(), y: min[value] };
    return reports === 1 ? [first] : [first, { x: Math.max(toAt.getTime(), first.x + 1), y: max[value] }];
  });
}

const line =
  (history: ReportHistory) =>
  (label: string, value: keyof HistoryValues, color: string): ChartSeries<TimePoint> => ({
    label,
    color,
    data: points(history.buckets, value),
  });

/** Four times the usual distance between buckets; the whole range where fewer than three tell nothing usual. */
function maxGap({ buckets, since, until }: ReportHistory): number {
  const starts = buckets.map(({ fromAt }) => fromAt.getTime());
  const distances = starts.slice(1).map((start, i) => start - (starts[i] ?? start));
  const median = distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)];
  return median === undefined || distances.length < 2 ? until.getTime() - since.getTime() : 4 * median;
}

const frame = (history: ReportHistory) => ({
  from: history.since.getTime(),
  to: history.until.getTime(),
  maxGap: maxGap(history),
});

/** Stacked areas in seconds: config retrieval below, the rest of the run above it. */
export function runtimeChart(history: ReportHistory): HistoryChart {
  const series = line(history);
  return {
    kind: 'runtime',
    ...frame(history),
    series: [
      series('Config retrieval', 'configRetrieval', PALETTE.infoDark),
      series('Rest of the run', 'rest', PALETTE.infoLight),
    ],
  };
}

/** Lines of the six counters; what matters most comes first and is drawn on top. */
export function resourcesChart(history: ReportHistory): HistoryChart {
  const series = line(history);
  return {
    kind: 'resources',
    ...frame(history),
    series: [
      series('Failed', 'failed', PALETTE.error),
      series('Failed restarts', 'failed_restarts', PALETTE.errorDark),
      series('Skipped', 'skipped', PALETTE.warning),
      series('Applied', 'applied', PALETTE.ok),
      series('Restarted', 'restarted', PALETTE.info),
      series('Pending', 'pending', PALETTE.pending),
    ],
  };
}
