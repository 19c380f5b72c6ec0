import type { Counters } from '../common/counters';
import {
  counterCells,
  type CounterCell,
  hostLink,
  type LinkView,
  type Urls,
  countOf,
  formatSeconds,
  timeView,
  type TimeView,
} from '../view-kit';

export interface ReportDetails {
  id: number;
  hostName: string;
  origin: string;
  reportedAt: Date;
  counters: Counters;
  /** Seconds, with config retrieval. */
  runtime: number;
  /** Seconds. */
  configRetrieval: number;
  /** Group → name → value as uploaded, e.g. time → config_retrieval → 2.1. */
  metrics: Record<string, Record<string, number>>;
  /** In the order sent. */
  logs: { level: string; source: string; message: string }[];
}

interface MetricGroup {
  name: string;
  metrics: { name: string; value: string }[];
}

/** Locals of reports/show.hbs. */
export interface ReportPage {
  title: string;
  host: LinkView;
  origin: string;
  reportedAt: TimeView;
  age: TimeView;
  counters: CounterCell[];
  runtime: string;
  configRetrieval: string;
  metricGroups: MetricGroup[];
  logCount: string;
  logs: { level: string; tone: string; icon: string; source: string; message: string }[];
}

const LEVELS: Record<string, { tone: string; icon: string }> = {
  notice: { tone: 'ok', icon: 'pficon-info' },
  warning: { tone: 'warning', icon: 'pficon-warning-triangle-o' },
  err: { tone: 'error', icon: 'pficon-error-circle-o' },
  alert: { tone: 'error', icon: 'pficon-error-circle-o' },
  emerg: { tone: 'error', icon: 'pficon-error-circle-o' },
  crit: { tone: 'error', icon: 'pficon-error-circle-o' },
};
const QUIET = { tone: 'none', icon: 'pficon-info' };

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

function metricGroups(metrics: ReportDetails['metrics']): MetricGroup[] {
  return Object.entries(metrics)
    .filter(([, values]) => Object.keys(values).length > 0)
    .map(([group, values]) => ({
      name: group,
      metrics: Object.entries(values).map(([name, value]) => ({
        name: name.replaceAll('_', ' '),
        value: group === 'time' ? formatSeconds(value) : number.format(value),
      })),
    }));
}

const URGENCY = ['error', 'warning'];

/** Errors first, then warnings, then the rest; within each in the order sent. */
function byUrgency(logs: ReportPage['logs']): ReportPage['logs'] {
  const urgent = URGENCY.flatMap((tone) => logs.filter((log) => log.tone === tone));
  return [...urgent, ...logs.filter(({ tone }) => !URGENCY.includes(tone))];
}

/** One report, its log lines with errors first. */
export function reportPage(report: ReportDetails, urls: Urls, now: Date): ReportPage {
  return {
    title: `Report of ${report.hostName}`,
    host: { label: report.hostName, href: hostLink(urls, report.hostName) },
    origin: report.origin,
    reportedAt: timeView(report.reportedAt, now, 'moment'),
    age: timeView(report.reportedAt, now, 'relative'),
    counters: counterCells(report.counters),
    runtime: formatSeconds(report.runtime),
    configRetrieval: formatSeconds(report.configRetrieval),
    metricGroups: metricGroups(report.metrics),
    logCount: countOf(report.logs.length, 'log line'),
    logs: byUrgency(report.logs.map((log) => ({ ...log, ...(LEVELS[log.level] ?? QUIET) }))),
  };
}
