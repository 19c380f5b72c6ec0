import type { Counters } from '../common/counters';
import { DEFAULT_PER_PAGE, type Page } from '../common/paging';
import type { SearchProblem } from '../search';
import {
  type HiddenField,
  COUNTER_HEADS,
  counterCells,
  type CounterCell,
  type CounterHead,
  hostLink,
  type LinkView,
  type Urls,
  pagesView,
  type PagesView,
  formatCount,
  timeView,
  type TimeView,
} from '../view-kit';
import { statusLabelView, type StatusLabel } from '../hosts';

interface HostListRow {
  name: string;
  status: StatusLabel;
  operatingSystem: string | null;
  /** Full title. */
  hostgroup: string | null;
  lastReportAt: Date | null;
  origin: string | null;
  counters: Counters;
}

export interface HostListData {
  hosts: Page<HostListRow>;
  search: string;
  /** "field", "field ASC" or "field DESC"; empty = by name. */
  order: string;
  /** Why there are no hosts: `position` is a half-open range in `search`. */
  problem?: SearchProblem;
}

/** What stands beside the search box. */
export interface SearchTools {
  completeUrl: string;
  filters: { name: string; choices: (LinkView & { chosen: boolean })[] }[];
  saved: (LinkView & { query: string; note?: string; deleteUrl?: string })[];
  /** Present when the shown search may be saved. */
  saveUrl?: string;
  hasSaved: boolean;
  hidden: HiddenField[];
}

interface Sorting {
  /** Present when the column can be sorted by. */
  href?: string;
  /** As in aria-sort. */
  sorted?: 'ascending' | 'descending';
}

/** Locals of hosts/index.hbs. */
export interface HostListPage {
  title: string;
  /** Absent where nothing was counted. */
  count?: string;
  dashboard: LinkView;
  /** `kept` = the address's other state, which a new search keeps. */
  search: { action: string; value: string; clearUrl?: string; kept: HiddenField[] };
  tools: SearchTools;
  /** The search as typed, cut where it is wrong. */
  searchError?: { message: string; before: string; at: string; after: string; start: number; end: number };
  orderError?: { message: string; link: LinkView };
  columns: ({ label: string } & Sorting)[];
  counterHeads: (CounterHead & Sorting)[];
  hosts: {
    name: string;
    href: string;
    status: ReturnType<typeof statusLabelView>;
    operatingSystem: string;
    hostgroup: string;
    counters: CounterCell[];
    lastReport: TimeView | null;
    origin: string;
  }[];
  nothing?: { title: string; text: string; paths: string[]; link?: LinkView };
  pages?: PagesView;
}

const COLUMNS: { label: string; field?: string }[] = [
  { label: 'Name', field: 'name' },
  { label: 'Status' },
  { label: 'Operating system', field: 'os' },
  { label: 'Host group', field: 'hostgroup' },
  { label: 'Last report', field: 'last_report' },
];

type ListState = { search: string; order: string; page: number; perPage: number };

function listQuery({ search, order, page, perPage }: ListState): string {
  const query = new URLSearchParams();
  if (search !== '') query.set('search', search);
  if (order !== '') query.set('order', order);
  if (page > 1) query.set('page', String(page));
  if (perPage !== DEFAULT_PER_PAGE) query.set('per_page', String(perPage));
  return query.toString();
}

function listUrl(urls: Urls, state: ListState): string {
  const query = listQuery(state);
  return urls.url(query === '' ? '/hosts' : `/hosts?${query}`);
}

/** A column's head leads to the list sorted by it, first `first`, then the other way round. */
function sorting(urls: Urls, state: ListState, field: string, first: 'ASC' | 'DESC'): Sorting {
  const [by = 'name', direction = 'ASC'] = state.order.trim() === '' ? [] : state.order.trim().split(/\s+/);
  const descending = direction.toUpperCase() === 'DESC';
  const sorted = by !== field ? undefined : descending ? 'descending' : 'ascending';
  const next = sorted === undefined ? first : descending ? 'ASC' : 'DESC';
  return { sorted, href: listUrl(urls, { ...state, order: `${field} ${next}`, page: 1 }) };
}

function cutAt(search: string, { message, position }: SearchProblem): HostListPage['searchError'] {
  const { start, end } = position ?? { start: search.length, end: search.length };
  return {
    message,
    before: search.slice(0, start),
    at: search.slice(start, end),
    after: search.slice(end),
    start,
    end,
  };
}

function fault({ search, problem }: HostListData, byName: string): Pick<HostListPage, 'searchError' | 'orderError'> {
  if (problem?.of === 'order')
    return { orderError: { message: problem.message, link: { label: 'Sort by name', href: byName } } };
  return { searchError: problem && cutAt(search, problem) };
}

function nothing({ hosts, search, problem }: HostListData, urls: Urls): HostListPage['nothing'] {
  const link = { label: 'Show all hosts', href: urls.url('/hosts') };
  if (problem?.of === 'order') return { title: 'No hosts shown', text: 'Their order is not understood.', paths: [] };
  if (problem) return { title: 'No hosts shown', text: 'Correct the search above.', paths: [], link };
  if (hosts.rows.length > 0) return undefined;
  if (search !== '') return { title: 'No host matches', text: 'Change the search above.', paths: [], link };
  if (hosts.subtotal > 0) return { title: 'This page is empty', text: 'There are fewer hosts now.', paths: [], link };
  return {
    title: 'No hosts yet',
    text: 'A host appears with its first report or facts. Let your Puppet server or Ansible controller send them to:',
    paths: [urls.url('/api/v2/config_reports'), urls.url('/api/v2/hosts/facts')],
  };
}

function countText({ hosts: { total, subtotal }, search, problem }: HostListData): string | undefined {
  if (problem) return undefined;
  return search === '' ? `${formatCount(subtotal)} in all` : `${formatCount(subtotal)} of ${formatCount(total)}`;
}

/** The list of hosts, where every number on the dashboard leads. */
export function hostListPage(data: HostListData, tools: SearchTools, urls: Urls, now: Date): HostListPage {
  const { hosts, search, problem } = data;
  const order = problem?.of === 'order' ? '' : data.order;
  const state = { search, order, page: hosts.page, perPage: hosts.perPage };
  // an empty query would say nothing of a list to go back to
  const list = listQuery(state) || 'page=1';
  return {
    title: 'Hosts',
    count: countText(data),
    dashboard: { label: 'Configuration status', href: urls.url('/dashboard/ovirt') },
    search: {
      action: urls.url('/hosts'),
      value: search,
      clearUrl: search === '' ? undefined : urls.url('/hosts'),
      kept: [
        ...(order === '' ? [] : [{ name: 'order', value: order }]),
        ...(hosts.perPage === DEFAULT_PER_PAGE ? [] : [{ name: 'per_page', value: String(hosts.perPage) }]),
      ],
    },
    tools,
    ...fault(data, listUrl(urls, state)),
    columns: COLUMNS.map(({ label, field }) => ({ label, ...(field && sorting(urls, state, field, 'ASC')) })),
    counterHeads: COUNTER_HEADS.map((head) => ({ ...head, ...sorting(urls, state, `status.${head.counter}`, 'DESC') })),
    hosts: hosts.rows.map((row) => ({
      name: row.name,
      href: hostLink(urls, row.name, { list }),
      status: statusLabelView(row.status),
      operatingSystem: row.operatingSystem ?? '',
      hostgroup: row.hostgroup ?? '',
      counters: counterCells(row.counters),
      lastReport: row.lastReportAt && timeView(row.lastReportAt, now, 'relative'),
      origin: row.origin ?? '',
    })),
    nothing: nothing(data, urls),
    pages: problem ? undefined : pagesView(hosts, (page) => listUrl(urls, { ...state, page })),
  };
}
