import type { DistributionChart, StatusChart } from '../contracts/chart';
import { PALETTE } from './palette';

interface StatusSlice {
  label: string;
  value: number;
  color: string;
  link: string;
}

/** Doughnut of hosts by status; a slice leads where its row's link leads. */
export function statusChart(slices: readonly StatusSlice[]): StatusChart {
  return {
    kind: 'status',
    labels: slices.map(({ label }) => label),
    values: slices.map(({ value }) => value),
    colors: slices.map(({ color }) => color),
    links: slices.map(({ link }) => link),
  };
}

/** Bars of reports per bin, oldest first. */
export function distributionChart(bins: readonly { minutesAgo: number; reports: number }[]): DistributionChart {
  return {
    kind: 'distribution',
    labels: bins.map(({ minutesAgo }) => String(minutesAgo)),
    series: [{ label: 'Reports', color: PALETTE.infoLight, data: bins.map(({ reports }) => reports) }],
  };
}
