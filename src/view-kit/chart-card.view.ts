import type { ChartSpec } from '../contracts/chart';
import type { LinkView } from './page-links';
import type { TimeView } from './view-format';

/** The same numbers as the chart, as a table; a row is headed by a time or by words. */
export interface ChartTable {
  caption: string;
  /** `name` says in full what `label` shortens. */
  columns: { label: string; name?: string }[];
  rows: { time?: TimeView; text?: string; cells: string[] }[];
}

/** For the partial `chart-card`. */
export interface ChartCard {
  /** Unique on the page. */
  id: string;
  title: string;
  subtitle?: string;
  /** What a reader who cannot see the chart should know of it. */
  summary: string;
  /** Absent when there is nothing to draw; `empty` says why. */
  chart?: ChartSpec;
  table?: ChartTable;
  empty?: string;
  /** Where the chart is shown larger. */
  more?: LinkView;
}
