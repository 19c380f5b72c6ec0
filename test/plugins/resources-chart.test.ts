import { resourcesConfiguration, slotLength } from '../../assets/resources-chart';
import type { HistoryChart } from '../../src/contracts/chart';

const hour = 3_600_000;
const from = new Date(2026, 10, 15).getTime();

/** A host's last `days`, with reports `everyHours` apart; each of `counters` gives a number for each report. */
function history(days: number, everyHours: number, counters: Record<string, (n: number) => number>): HistoryChart {
  const times = Array.from({ length: Math.floor((days * 24) / everyHours) }, (_, n) => n * everyHours * hour);
  const series = Object.entries(counters).map(([label, value]) => ({
    label,
    color: '#cc0000',
    data: times.map((_time, n) => value(n)),
  }));
  return { kind: 'resources', from, to: from + days * 24 * hour, maxGap: 0, times, series };
}

const drawn = (spec: HistoryChart, width: number): Partial<Record<string, number[]>> =>
  Object.fromEntries<number[]>(
    resourcesConfiguration(spec, width).data.datasets.map(({ label = '', data }) => [label, data.map(({ y }) => y)]),
  );

describe('Chart of resources', () => {
  it('draws one report as one bar', () => {
    expect(drawn(history(1, 24, { Failed: () => 0, Applied: () => 3 }), 400)).toEqual({ Failed: [], Applied: [3] });
  });

  it('draws no counter that was never more than zero', () => {
    const { Failed } = drawn(history(7, 0.5, { Failed: () => 0, Applied: (n) => n % 5 }), 400);
    expect(Failed).toEqual([]);
  });

  it('marks stretches of time in which reports changed nothing', () => {
    const spec = history(7, 0.5, { Applied: (n) => (n === 100 ? 1 : 0) });
    const { Applied, ['No changes']: idle } = drawn(spec, 400);
    expect(Applied).toEqual([1]);
    expect(idle?.length).toBeGreaterThan(20);
    expect(new Set(idle)).toEqual(new Set([0]));
  });

  it.each([200, 450, 1200])(
    'keeps a single failure among 5,000 reports in a chart %i wide, and bars apart',
    (width) => {
      const spec = history(30, 0.144, { Failed: (n) => (n === 4000 ? 7 : 0), Applied: (n) => n % 5 });
      const { Failed, Applied } = drawn(spec, width);
      expect(Failed).toEqual([7]);
      expect(Applied?.length).toBeLessThanOrEqual(Math.max(12, width / 6));
      expect(Math.max(...(Applied ?? []))).toBe(4);
    },
  );

  it.each([
    [1, 400, 0.5],
    [7, 400, 3],
    [7, 1200, 2],
    [30, 400, 24],
    [365, 400, 168],
  ])('of %i days, %i wide, has bars of %d hours', (days, width, hours) => {
    expect(slotLength(history(days, 1, {}), width) / hour).toBe(hours);
  });
});
