/** One line, area or row of bars; colours are CSS colours. */
export interface ChartSeries {
  label: string;
  data: number[];
  color: string;
}

/** Slices of hosts by status; `links[i]` is where slice i leads. */
export interface StatusChart {
  kind: 'status';
  labels: string[];
  values: number[];
  colors: string[];
  links: string[];
}

/** Reports per bin of the report interval; labels are minutes ago, oldest first. */
export interface DistributionChart {
  kind: 'distribution';
  labels: string[];
  series: ChartSeries[];
}

/** Values over time: `runtime` is stacked areas in seconds, `resources` stacked bars of counters. */
export interface HistoryChart {
  kind: 'runtime' | 'resources';
  /** Epoch milliseconds, the shown range. */
  from: number;
  to: number;
  /** Points further apart than this (milliseconds) are not joined: the host was silent in between. */
  maxGap: number;
  /** Instants in milliseconds after `from`; each series has a value for each. */
  times: number[];
  series: ChartSeries[];
}

/** What a `data-chart` attribute holds as JSON; the browser turns it into a Chart.js configuration. */
export type ChartSpec = StatusChart | DistributionChart | HistoryChart;
