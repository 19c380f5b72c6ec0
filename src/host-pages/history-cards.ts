import { historyTable, resourcesChart, runtimeChart, type HistoryTableRow, type ReportHistory } from '../charts';
import { COUNTERS } from '../common/counters';
import {
  type ChartCard,
  type ChartTable,
  counterName,
  counterShort,
  type LinkView,
  countOf,
  formatCount,
  formatSeconds,
  timeView,
} from '../view-kit';

/** The ranges offered as links, in days. */
const RANGES = [1, 7, 30];

/** The choice of ranges, with the shown one among them even if it is none of the usual. */
export function rangeLinks(days: number, href: (days: number) => string): (LinkView & { current: boolean })[] {
  const ranges = RANGES.includes(days) ? RANGES : [...RANGES, days].sort((a, b) => a - b);
  return ranges.map((range) => ({ label: countOf(range, 'day'), href: href(range), current: range === days }));
}

export const lastDays = (days: number): string => (days === 1 ? 'last day' : `last ${days} days`);

interface TableColumn {
  label: string;
  name?: string;
  cell: (row: HistoryTableRow) => string;
}

const REPORTS: TableColumn = { label: 'Reports', cell: (row) => formatCount(row.reports) };

function table(history: ReportHistory, caption: string, columns: TableColumn[]): ChartTable {
  return {
    caption,
    columns: [{ label: 'From' }, ...columns.map(({ label, name }) => ({ label, name }))],
    rows: historyTable(history).map((row) => ({
      time: timeView(row.fromAt, history.until, 'moment'),
      cells: columns.map(({ cell }) => cell(row)),
    })),
  };
}

function runtimeSummary({ buckets }: ReportHistory): string {
  const rest = Math.max(...buckets.map(({ max }) => max.rest));
  const retrieval = Math.max(...buckets.map(({ max }) => max.configRetrieval));
  return `longest config retrieval ${formatSeconds(retrieval)}, longest rest of a run ${formatSeconds(rest)}`;
}

interface HistoryCards {
  runtime: ChartCard;
  resources: ChartCard;
}

/** A page is often asked again before its history changes. */
const made = new WeakMap<ReportHistory, HistoryCards>();

/** The two charts of a host, `runtime` and `resources`, each with its table; `more` is where they are shown larger. */
export function historyCards(history: ReportHistory, more?: LinkView): HistoryCards {
  let cards = made.get(history);
  if (cards === undefined) made.set(history, (cards = makeCards(history)));
  return history.reports === 0 ? cards : { ...cards, resources: { ...cards.resources, more } };
}

function makeCards(history: ReportHistory): HistoryCards {
  const range = lastDays(history.days);
  const reports = countOf(history.reports, 'report');
  const runtime = { id: 'runtime', title: 'Runtime', subtitle: `seconds · ${range}` };
  const resources = { id: 'resources', title: 'Resources', subtitle: reports };
  if (history.reports === 0) {
    const empty = `No report in the ${range}.`;
    return {
      runtime: { ...runtime, summary: empty, empty },
      resources: { ...resources, summary: empty, empty },
    };
  }
  const sums = COUNTERS.map((name) => `${counterName(name)} ${formatCount(history.sums[name])}`).join(', ');
  return {
    runtime: {
      ...runtime,
      summary: `Runtime of ${reports} in the ${range}: ${runtimeSummary(history)}`,
      chart: runtimeChart(history),
      table: table(history, `Reports, and the longest times, ${range}`, [
        REPORTS,
        { label: 'Longest retrieval', cell: (row) => formatSeconds(row.maxConfigRetrieval) },
        { label: 'Longest rest', cell: (row) => formatSeconds(row.maxRest) },
      ]),
    },
    resources: {
      ...resources,
      summary: `Resources of ${reports} in the ${range}: ${sums}`,
      chart: resourcesChart(history),
      table: table(history, `Reports and sums of their counters, ${range}`, [
        REPORTS,
        ...COUNTERS.map((counter) => ({
          label: counterShort(counter),
          name: counterName(counter),
          cell: (row: HistoryTableRow) => formatCount(row.sums[counter]),
        })),
      ]),
    },
  };
}
