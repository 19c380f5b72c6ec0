import { NO_COUNTERS } from '../common/counters';
import { historyTable, resourcesChart, runtimeChart, type HistoryBucket, type ReportHistory } from '.';

const HOUR = 3_600_000;
const since = new Date('2026-11-15T00:00:00Z');
const at = (hours: number) => new Date(since.getTime() + hours * HOUR);

function bucket(fromHour: number, toHour: number, reports: number, failed: [min: number, max: number]): HistoryBucket {
  const values = { ...NO_COUNTERS, configRetrieval: 1, rest: 10 };
  return {
    fromAt: at(fromHour),
    toAt: at(toHour),
    reports,
    min: { ...values, failed: failed[0] },
    max: { ...values, failed: failed[1], rest: 30 },
    sum: { ...NO_COUNTERS, failed: failed[1] },
  };
}

function history(days: number, buckets: HistoryBucket[]): ReportHistory {
  return { days, since, until: at(days * 24), reports: buckets.length, sums: NO_COUNTERS, buckets };
}

const series = ({ times, from, series: all }: ReturnType<typeof resourcesChart>, label: string) =>
  all.find((each) => each.label === label)?.data.map((y, index) => ({ x: from + (times[index] ?? 0), y }));

describe('history charts', () => {
  it('a bucket of one report is one point at its time', () => {
    expect(series(resourcesChart(history(7, [bucket(3, 3, 1, [2, 2])])), 'Failed')).toEqual([
      { x: at(3).getTime(), y: 2 },
    ]);
  });

  it('a bucket of several reports is its minimum at the first and its maximum at the last', () => {
    expect(series(resourcesChart(history(7, [bucket(3, 5, 4, [0, 9])])), 'Failed')).toEqual([
      { x: at(3).getTime(), y: 0 },
      { x: at(5).getTime(), y: 9 },
    ]);
  });

  it('several reports of one instant still make two distinct points, which stacking needs', () => {
    expect(runtimeChart(history(7, [bucket(3, 3, 2, [0, 1])])).times).toEqual([3 * HOUR, 3 * HOUR + 1]);
  });

  it('runtime stacks config retrieval below the rest over the whole range', () => {
    const chart = runtimeChart(history(7, [bucket(3, 3, 1, [0, 0])]));
    expect(chart).toMatchObject({ kind: 'runtime', from: since.getTime(), to: at(168).getTime() });
    expect(chart.series.map(({ label, data }) => [label, data[0]])).toEqual([
      ['Config retrieval', 1],
      ['Rest of the run', 10],
    ]);
  });

  it('points further apart than four usual distances are not joined', () => {
    const chart = resourcesChart(
      history(
        7,
        [0, 1, 2, 3, 40].map((hour) => bucket(hour, hour, 1, [0, 0])),
      ),
    );
    expect(chart.maxGap).toBe(4 * HOUR);
  });

  it('two lone reports are joined, since nothing tells how often the host reports', () => {
    const chart = resourcesChart(
      history(
        7,
        [0, 100].map((hour) => bucket(hour, hour, 1, [0, 0])),
      ),
    );
    expect(chart.maxGap).toBe(7 * 24 * HOUR);
  });
});

describe('historyTable', () => {
  it.each([
    [1, 24],
    [7, 28],
    [30, 30],
    [90, 30],
  ])('%i days of hourly buckets make %i rows, newest first', (days, rows) => {
    const buckets = Array.from({ length: days * 24 }, (_, hour) => bucket(hour, hour, 1, [1, 1]));
    const table = historyTable(history(days, buckets));
    expect(table).toHaveLength(rows);
    expect(table.at(-1)?.fromAt).toEqual(since);
    expect(table.reduce((sum, row) => sum + row.sums.failed, 0)).toBe(days * 24);
  });

  it('a row sums counters and reports and keeps the longest times', () => {
    expect(historyTable(history(1, [bucket(0, 0.1, 2, [0, 3]), bucket(0.5, 0.9, 3, [1, 4])]))).toEqual([
      {
        fromAt: since,
        toAt: at(1),
        reports: 5,
        sums: { ...NO_COUNTERS, failed: 7 },
        maxConfigRetrieval: 1,
        maxRest: 30,
      },
    ]);
  });

  it('hours without a report have no row', () => {
    expect(historyTable(history(1, [bucket(0, 0, 1, [0, 0]), bucket(9, 9, 1, [0, 0])])).map((r) => r.fromAt)).toEqual([
      at(9),
      at(0),
    ]);
  });
});
