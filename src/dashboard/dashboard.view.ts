import type { AppError } from '../common/app-error';
import type { Counters } from '../common/counters';
import { distributionChart, PALETTE, statusChart } from '../charts';
import type { StatusChart } from '../contracts/chart';
import {
  type ChartCard,
  COUNTER_HEADS,
  counterCells,
  type CounterCell,
  hostLink,
  hostsLink,
  reportLink,
  type Urls,
  countOf,
  formatCount,
  percentOf,
  timeView,
  type TimeView,
} from '../view-kit';

export type DashboardKey = 'active' | 'error' | 'ok' | 'pending' | 'out_of_sync' | 'no_reports' | 'disabled';

export interface DashboardData {
  totalHosts: number;
  /** The search that narrows every figure; empty = all hosts. */
  filter: string;
  /** Why the filter is not understood. */
  filterError?: AppError;
  /** In the order they are shown; `search` (which includes the filter) finds exactly `count` hosts. */
  rows: { key: DashboardKey; search: string; count: number }[];
  /** Reports of the last interval, oldest bin first. */
  distribution: { intervalMinutes: number; bins: { minutesAgo: number; reports: number }[] };
  /** Latest reports with something in them, newest first. */
  events: { reportId: number; hostName: string; origin: string; counters: Counters; reportedAt: Date }[];
  /** Within how many minutes a report counts as recent. */
  recentMinutes: number;
  generatedAt: Date;
}

/** Locals of dashboard/ovirt.hbs. */
export interface DashboardPage {
  title: string;
  total: string;
  generatedAt: TimeView;
  filter: { action: string; value: string; error?: string; clearUrl?: string };
  /** Present when there are figures to show. */
  figures?: {
    rows: { label: string; value: string; href: string; tone: string }[];
    doughnut: { chart: StatusChart; summary: string; percent: string } | null;
    distribution: ChartCard;
    counterHeads: typeof COUNTER_HEADS;
    events: { host: string; href: string; reportHref: string; origin: string; counters: CounterCell[]; at: TimeView }[];
  };
  /** Present when no host exists or matches. */
  nothing?: { title: string; text: string; paths: string[] };
}

interface RowStyle {
  label: (recentMinutes: number) => string;
  slice: string;
  tone: string;
  color: string;
}

const ROWS: Record<DashboardKey, RowStyle> = {
  active: { label: () => 'Changed without error', slice: 'Active', tone: 'ok', color: PALETTE.ok },
  error: { label: () => 'In error state', slice: 'Error', tone: 'error', color: PALETTE.error },
  ok: {
    label: (minutes) => `Good reports, last ${formatCount(minutes)} min`,
    slice: 'OK',
    tone: 'info',
    color: PALETTE.info,
  },
  pending: { label: () => 'Pending changes', slice: 'Pending', tone: 'pending', color: PALETTE.pending },
  out_of_sync: { label: () => 'Out of sync', slice: 'Out of sync', tone: 'warning', color: PALETTE.warning },
  no_reports: { label: () => 'Without reports', slice: 'No reports', tone: 'none', color: PALETTE.none },
  disabled: { label: () => 'Alerts disabled', slice: 'Disabled', tone: 'disabled', color: PALETTE.disabled },
};

function doughnut({ rows, totalHosts }: DashboardData, urls: Urls): NonNullable<DashboardPage['figures']>['doughnut'] {
  if (rows.every(({ count }) => count === 0)) return null;
  const slices = rows.map(({ key, count, search }) => ({
    label: ROWS[key].slice,
    value: count,
    color: ROWS[key].color,
    link: hostsLink(urls, search),
  }));
  const good = rows.find(({ key }) => key === 'ok')?.count ?? 0;
  return {
    chart: statusChart(slices),
    summary: `Hosts by status: ${slices.map(({ label, value }) => `${label} ${formatCount(value)}`).join(', ')}`,
    percent: `${percentOf(good, totalHosts)}%`,
  };
}

function distributionCard({ distribution: { intervalMinutes, bins } }: DashboardData): ChartCard {
  const interval = countOf(intervalMinutes, 'minute');
  const reports = bins.reduce((sum, bin) => sum + bin.reports, 0);
  const card = { id: 'distribution', title: `Run distribution, last ${interval}` };
  if (reports === 0) {
    const empty = `No report arrived in the last ${interval}.`;
    return { ...card, summary: empty, empty };
  }
  const width = bins.length === 0 ? 0 : Math.round(intervalMinutes / bins.length);
  return {
    ...card,
    subtitle: countOf(reports, 'report'),
    summary: `${countOf(reports, 'report')} in the last ${interval}, at most ${formatCount(
      Math.max(...bins.map((bin) => bin.reports)),
    )} within ${countOf(width, 'minute')}`,
    chart: distributionChart(bins),
    table: {
      caption: `Reports by time of arrival in the last ${interval}`,
      columns: [{ label: 'Minutes ago' }, { label: 'Reports' }],
      rows: bins.map((bin) => ({
        text: `${bin.minutesAgo} to ${Math.max(0, bin.minutesAgo - width)}`,
        cells: [formatCount(bin.reports)],
      })),
    },
  };
}

function figures(data: DashboardData, urls: Urls, now: Date): NonNullable<DashboardPage['figures']> {
  return {
    rows: data.rows.map(({ key, search, count }) => ({
      label: ROWS[key].label(data.recentMinutes),
      tone: ROWS[key].tone,
      href: hostsLink(urls, search),
      value:
        key === 'ok'
          ? `${formatCount(count)} / ${formatCount(data.totalHosts)} (${percentOf(count, data.totalHosts)}%)`
          : formatCount(count),
    })),
    doughnut: doughnut(data, urls),
    distribution: distributionCard(data),
    counterHeads: COUNTER_HEADS,
    events: data.events.map(({ reportId, hostName, origin, counters, reportedAt }) => ({
      host: hostName,
      href: hostLink(urls, hostName),
      reportHref: reportLink(urls, reportId),
      origin,
      counters: counterCells(counters),
      at: timeView(reportedAt, now, 'relative'),
    })),
  };
}

function nothing({ filter, filterError }: DashboardData, urls: Urls): DashboardPage['nothing'] {
  if (filterError) {
    return { title: 'The filter is not understood', text: 'Correct it above, or show all hosts.', paths: [] };
  }
  if (filter !== '')
    return { title: 'No host matches', text: 'Change the filter above, or show all hosts.', paths: [] };
  return {
    title: 'No hosts yet',
    text: 'A host appears with its first report or facts. Let your Puppet server or Ansible controller send them to:',
    paths: [urls.url('/api/v2/config_reports'), urls.url('/api/v2/hosts/facts')],
  };
}

/** The dashboard as its template shows it; times are told relative to `now`. */
export function dashboardPage(data: DashboardData, urls: Urls, now: Date): DashboardPage {
  const action = urls.url('/dashboard/ovirt');
  const shows = data.totalHosts > 0 && data.filterError === undefined;
  return {
    title: 'Configuration status',
    total: countOf(data.totalHosts, 'host'),
    generatedAt: timeView(data.generatedAt, now, 'clock'),
    filter: {
      action,
      value: data.filter,
      error: data.filterError?.message,
      clearUrl: data.filter === '' ? undefined : action,
    },
    ...(shows ? { figures: figures(data, urls, now) } : { nothing: nothing(data, urls) }),
  };
}
