import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { ChartSpec, DistributionChart, HistoryChart, StatusChart } from '../src/contracts/chart';
import { resourcesConfiguration, slotLength } from './resources-chart';
import { inSkin } from './skin';
import { timeScale } from './time-axis';

const GRID = '#ededed';
const TEXT = '#4d5258';
const MANY_POINTS = 60;

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

function runtimeDatasets({ from, maxGap, times, series }: HistoryChart): ChartDataset<'line', TimePoint[]>[] {
  return series.map(({ label, color, data: values }, index) => {
    const data = times.map((time, at) => ({ x: from + time, y: values[at] ?? 0 }));
    return {
      label,
      data,
      borderColor: color,
      backgroundColor: `${color}66`,
      fill: index === 0 ? 'origin' : '-1',
      borderWidth: 1,
      spanGaps: maxGap,
      pointRadius: ({ dataIndex }) => pointRadius(data, dataIndex, maxGap),
      pointHoverRadius: 3,
      pointBackgroundColor: color,
    };
  });
}

function runtimeConfiguration(spec: HistoryChart): ChartConfiguration<'line', TimePoint[]> {
  const { from, to } = spec;
  return {
    type: 'line',
    data: { datasets: runtimeDatasets(spec) },
    options: {
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: 'index', intersect: false },
      plugins: {
        legend: { position: 'bottom', labels: { boxWidth: 14, boxHeight: 2, padding: 8, color: TEXT } },
        tooltip: {
          callbacks: {
            title: ([item]) => (item ? instant.format(item.parsed.x ?? 0) : ''),
            label: ({ dataset, parsed }) => `${dataset.label}: ${numbers.format(parsed.y ?? 0)} s`,
          },
        },
      },
      scales: {
        x: timeScale(from, to),
        y: {
          stacked: true,
          beginAtZero: true,
          suggestedMax: 1,
          grid: { color: GRID },
          border: { display: false },
          ticks: { maxTicksLimit: 7 },
        },
      },
    },
  };
}

/** What of a chart depends on its width: drawn again in another one, it has to be made anew. */
export function detailOf(spec: ChartSpec, width: number): number {
  return spec.kind === 'resources' ? slotLength(spec, width) : 0;
}

/**
 * The Chart.js configuration of what the server describes: functions, fonts and the reader's time zone come in here.
 * @param width of the chart in pixels
 */
export function chartConfiguration(
  spec: ChartSpec,
  width: number,
):
  | ChartConfiguration<'doughnut'>
  | ChartConfiguration<'bar'>
  | ChartConfiguration<'line', TimePoint[]>
  | ChartConfiguration<'bar' | 'line', TimePoint[]> {
  switch (spec.kind) {
    case 'status':
      return statusConfiguration(spec);
    case 'distribution':
      return distributionConfiguration(spec);
    case 'runtime':
      return runtimeConfiguration(spec);
    case 'resources':
      return resourcesConfiguration(spec, width);
  }
}
