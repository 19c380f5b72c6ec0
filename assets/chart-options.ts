import type { ChartConfiguration, ChartDataset, TooltipItem } from 'chart.js';
import type { ChartSpec, DistributionChart, HistoryChart, StatusChart } from '../src/contracts/chart';
import { inSkin } from './skin';
import { timeTicks } from './time-axis';

const GRID = '#ededed';
const TEXT = '#4d5258';
const MANY_POINTS = 60;
const TICK_WIDTH = 56;

const instant = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  dateStyle: undefined,
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

function statusConfiguration({ labels, values, colors, links }: StatusChart): ChartConfiguration<'doughnut'> {
  return {
    type: 'doughnut',
    data: { labels, datasets: [{ data: values, backgroundColor: colors, borderWidth: 1, hoverOffset: 3 }] },
    options: {
      maintainAspectRatio: false,
      animation: false,
      cutout: '66%',
      layout: { padding: 2 },
      plugins: { legend: { display: false } },
      onClick: (_event, [slice]) => {
        const link = slice && links[slice.index];
        if (link) window.location.assign(inSkin(link));
      },
      onHover: (event, slices) => {
        if (event.native?.target instanceof HTMLElement)
          event.native.target.style.cursor = slices.length ? 'pointer' : '';
      },
    },
  };
}

function distributionConfiguration({ labels, series }: DistributionChart): ChartConfiguration<'bar'> {
  return {
    type: 'bar',
    data: {
      labels,
      datasets: series.map(({ label, data, color }) => ({ label, data, backgroundColor: color, maxBarThickness: 48 })),
    },
    options: {
      maintainAspectRatio: false,
      animation: false,
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { title: ([item]) => (item ? `${item.label} minutes ago` : '') } },
      },
      scales: {
        x: { grid: { display: false }, title: { display: true, text: 'minutes ago', color: TEXT } },
        y: {
          beginAtZero: true,
          grid: { color: GRID },
          border: { display: false },
          ticks: { precision: 0, maxTicksLimit: 6 },
          title: { display: true, text: 'reports', color: TEXT },
        },
      },
    },
  };
}

interface TimePoint {
  x: number;
  y: number;
}

/** A point that no line reaches would be invisible, so it is drawn; so are all where there are few. */
function pointRadius(data: TimePoint[], index: number, maxGap: number): number {
  const distance = (other: TimePoint | undefined, point: TimePoint | undefined) =>
    other && point ? Math.abs(point.x - other.x) : Infinity;
  if (data.length <= MANY_POINTS) return data.length < 4 ? 3 : 2;
  const point = data[index];
  return distance(data[index - 1], point) > maxGap && distance(data[index + 1], point) > maxGap ? 2 : 0;
}

function historyDatasets({ kind, from, maxGap, times, series }: HistoryChart): ChartDataset<'line', TimePoint[]>[] {
  const lines = series.map(({ label, color, data: values }) => ({
    label,
    color,
    data: times.map((time, index) => ({ x: from + time, y: values[index] ?? 0 })),
  }));
  return lines.map(({ label, data, color }, index) => ({
    label,
    data,
    borderColor: color,
    backgroundColor: kind === 'runtime' ? `${color}66` : color,
    fill: kind === 'runtime' ? (index === 0 ? 'origin' : '-1') : false,
    stepped: kind === 'resources',
    borderWidth: kind === 'runtime' || data.length > 4 * MANY_POINTS ? 1 : 1.5,
    borderDash: label === 'Failed restarts' ? [4, 3] : [],
    spanGaps: maxGap,
    pointRadius: ({ dataIndex }) => pointRadius(data, dataIndex, maxGap),
    pointHoverRadius: 3,
    pointBackgroundColor: color,
  }));
}

function tooltipLabel(unit: string) {
  return ({ dataset, parsed }: TooltipItem<'line'>) => `${dataset.label}: ${numbers.format(parsed.y ?? 0)}${unit}`;
}

function historyConfiguration(spec: HistoryChart): ChartConfiguration<'line', TimePoint[]> {
  const { kind, from, to } = spec;
  const stacked = kind === 'runtime';
  let labels = new Map<number, string>();
  return {
    type: 'line',
    data: { datasets: historyDatasets(spec) },
    options: {
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: 'index', intersect: false },
      plugins: {
        legend: { position: 'bottom', labels: { boxWidth: 14, boxHeight: 2, padding: 8, color: TEXT } },
        tooltip: {
          callbacks: {
            title: ([item]) => (item ? instant.format(item.parsed.x ?? 0) : ''),
            label: tooltipLabel(stacked ? ' s' : ''),
          },
        },
      },
      scales: {
        x: {
          type: 'linear',
          min: from,
          max: to,
          grid: { display: false },
          afterBuildTicks: (axis) => {
            const ticks = timeTicks(from, to, Math.max(2, Math.floor(axis.chart.width / TICK_WIDTH)));
            labels = new Map(ticks.map(({ value, label }) => [value, label]));
            axis.ticks = ticks.map(({ value }) => ({ value }));
          },
          ticks: { autoSkip: false, maxRotation: 0, callback: (value) => labels.get(Number(value)) ?? '' },
        },
        y: {
          stacked,
          beginAtZero: true,
          suggestedMax: 1,
          grid: { color: GRID },
          border: { display: false },
          ticks: { precision: stacked ? undefined : 0, maxTicksLimit: 7 },
        },
      },
    },
  };
}

/** The Chart.js configuration of what the server describes: functions, fonts and the reader's time zone come in here. */
export function chartConfiguration(
  spec: ChartSpec,
): ChartConfiguration<'doughnut'> | ChartConfiguration<'bar'> | ChartConfiguration<'line', TimePoint[]> {
  switch (spec.kind) {
    case 'status':
      return statusConfiguration(spec);
    case 'distribution':
      return distributionConfiguration(spec);
    case 'runtime':
    case 'resources':
      return historyConfiguration(spec);
  }
}
