import type { ChartConfiguration, ChartDataset, LegendItem } from 'chart.js';
import type { HistoryChart } from '../src/contracts/chart';
import { timeScale } from './time-axis';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Widths of a bar's stretch of time, so that bars begin at round times of the reader's day. */
const STEPS = [15 * MINUTE, 30 * MINUTE, ...[1, 2, 3, 4, 6, 8, 12].map((hours) => hours * HOUR), DAY, 2 * DAY, 4 * DAY];
/** What a bar takes with the gap to the next. */
const BAR_WIDTH = 7;
const MOST_BARS = 96;
/** About what the numbers at the side take. */
const AXIS_WIDTH = 30;
const NONE = '#8b8d8f';
const TEXT = '#4d5258';
const DIMMED = '#767b80';

const instant = new Intl.DateTimeFormat(undefined, {
  ...{ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
});

interface Slot {
  middle: number;
  /** Points of the history that fall into it. */
  points: number[];
}

/** How long one bar's stretch of time is in a chart of this width. */
export function slotLength({ from, to }: HistoryChart, width: number): number {
  const bars = Math.min(MOST_BARS, Math.max(12, Math.floor(width / BAR_WIDTH)));
  return STEPS.find((step) => (to - from) / step <= bars) ?? Math.ceil((to - from) / bars / DAY) * DAY;
}

function slots({ from, times }: HistoryChart, step: number): Slot[] {
  const midnight = new Date(from).setHours(0, 0, 0, 0);
  const found = new Map<number, Slot>();
  times.forEach((time, point) => {
    const index = Math.floor((from + time - midnight) / step);
    const slot = found.get(index) ?? { middle: midnight + (index + 0.5) * step, points: [] };
    slot.points.push(point);
    found.set(index, slot);
  });
  return [...found.values()];
}

interface SlotPoint {
  x: number;
  y: number;
}
type Datasets = ChartDataset<'bar' | 'line', SlotPoint[]>[];

/** A bar per stretch of time with the highest number that a report of it has; a dot where none changed anything. */
function datasets({ series }: HistoryChart, all: Slot[], step: number, width: number, span: number): Datasets {
  const highest = series.map(({ data }) => all.map(({ points }) => Math.max(...points.map((at) => data[at] ?? 0))));
  const bars = series.map(({ label, color }, index): ChartDataset<'bar', SlotPoint[]> => ({
    type: 'bar',
    label,
    data: all.map(({ middle }, at) => ({ x: middle, y: highest[index]?.[at] ?? 0 })).filter(({ y }) => y > 0),
    backgroundColor: color,
    barThickness: Math.max(2, Math.min(14, Math.floor(((width - AXIS_WIDTH) * step * 0.75) / span))),
    minBarLength: 2,
    grouped: false,
  }));
  const idle = all.filter((_, at) => highest.every((values) => values[at] === 0));
  const dots: ChartDataset<'line', SlotPoint[]> = {
    type: 'line',
    label: 'No changes',
    data: idle.map(({ middle }) => ({ x: middle, y: 0 })),
    showLine: false,
    stack: 'idle',
    clip: 4,
    pointRadius: all.length > 40 ? 1.5 : 2.5,
    borderColor: NONE,
    backgroundColor: NONE,
  };
  return idle.length > 0 ? [...bars, dots] : bars;
}

/** Stacked bars of the counters, of the same time whatever the number of reports. */
export function resourcesConfiguration(
  spec: HistoryChart,
  width: number,
): ChartConfiguration<'bar' | 'line', SlotPoint[]> {
  const step = slotLength(spec, width);
  const all = slots(spec, step);
  const [from, to] = [
    Math.min(spec.from, ...all.map(({ middle }) => middle - step / 2)),
    Math.max(spec.to, ...all.map(({ middle }) => middle + step / 2)),
  ];
  const manyIn = new Set(all.filter(({ points }) => points.length > 1).map(({ middle }) => middle));
  return {
    type: 'bar',
    data: { datasets: datasets(spec, all, step, width, to - from) },
    options: {
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      plugins: {
        legend: {
          position: 'bottom',
          onClick: () => undefined,
          labels: {
            boxWidth: 10,
            boxHeight: 8,
            padding: 8,
            color: TEXT,
            generateLabels: ({ data }) => data.datasets.map(legendItem),
          },
        },
        tooltip: {
          callbacks: {
            title: ([item]) => {
              const middle = item?.parsed.x ?? 0;
              return instant.formatRange(middle - step / 2, middle + step / 2);
            },
            label: ({ dataset: { label }, parsed: { x, y } }) =>
              y ? `${label}: ${manyIn.has(x ?? 0) ? 'up to ' : ''}${y}` : (label ?? ''),
          },
        },
      },
      scales: {
        x: { ...timeScale(from, to), offset: false },
        y: {
          stacked: true,
          beginAtZero: true,
          suggestedMax: 1,
          grid: { color: '#ededed' },
          border: { display: false },
          ticks: { precision: 0, maxTicksLimit: 7 },
        },
      },
    },
  };
}

/** What never happened is named all the same, but not as something to look for in the chart. */
function legendItem({ label = '', data, backgroundColor }: ChartDataset, datasetIndex: number): LegendItem {
  const color = typeof backgroundColor === 'string' ? backgroundColor : NONE;
  const isThere = data.length > 0;
  return {
    text: label,
    datasetIndex,
    fillStyle: isThere ? color : `${color}40`,
    fontColor: isThere ? TEXT : DIMMED,
    lineWidth: 0,
  };
}
