import type { ChartSeries, HistoryChart } from '../contracts/chart';
import { PALETTE } from './palette';
import type { HistoryValues, ReportHistory } from './report-history';

/** One report is a point at its time; several are two: their minimum at the first and their maximum at the last. */
function times({ buckets, since }: ReportHistory): number[] {
  const start = since.getTime();
  const all: number[] = [];
  for (const { reports, fromAt, toAt } of buckets) {
    const first = fromAt.getTime() - start;
    all.push(first);
    if (reports > 1) all.push(Math.max(toAt.getTime() - start, first + 1));
  }
  return all;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

function values({ buckets }: ReportHistory, name: keyof HistoryValues): number[] {
  const all: number[] = [];
  for (const { reports, min, max } of buckets) {
    all.push(rounded(min[name]));
    if (reports > 1) all.push(rounded(max[name]));
  }
  return all;
}

const line =
  (history: ReportHistory) =>
  (label: string, name: keyof HistoryValues, color: string): ChartSeries => ({
    label,
    color,
    data: values(history, name),
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
  times: times(history),
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

/** Bars of the six counters; what matters most comes first, at the bottom, and is drawn on top. */
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
