import type { ReportHistory } from '../charts';
import { COUNTERS } from '../common/counters';
import { compare, printSearch } from '../search';
import {
  type ChartCard,
  counterCells,
  type CounterCell,
  graphsLink,
  hostLink,
  hostsLink,
  type LinkView,
  type Urls,
  countOf,
} from '../view-kit';
import { historyCards, lastDays, rangeLinks } from './history-cards';
import type { HostDetails } from '../hosts';
import { hostHead, type HostHead } from './host-head.view';

interface Property {
  label: string;
  value: string;
  href?: string;
}

/** Locals of hosts/show-ovirt.hbs. */
export interface HostPage {
  title: string;
  head: HostHead;
  properties: Property[];
  metrics: { caption: string; reports: string; counters: CounterCell[] } | null;
  /** Why there are no metrics, and what to do. */
  noMetrics?: { text: string; link?: LinkView };
  /** Set when the host may be a VM of a registered engine: what the third tab loads. */
  virtualMachineUrl?: string;
  ranges: ReturnType<typeof rangeLinks>;
  runtime: ChartCard;
  resources: ChartCard;
}

export interface HostPageData {
  host: HostDetails;
  history: ReportHistory;
  /** Query of the host list that the reader comes from. */
  list?: string;
  virtualMachineUrl?: string;
}

const equal = (field: string, value: string | null | undefined) => printSearch(compare(field, '=', value ?? ''));

type Row = [label: string, value: string | null | undefined, search?: string];

/** Foreman's rows always, even without a value (Foreman: hosts_helper.rb overview_fields); ours where there is one. */
function properties(host: HostDetails, urls: Urls): Property[] {
  const always: Row[] = [
    ['Domain', host.domain, equal('domain', host.domain)],
    ['IP address', host.ip],
    ['MAC address', host.mac],
    ['Environment', host.environment, equal('environment', host.environment)],
    ['Architecture', host.architecture, equal('architecture', host.architecture)],
    ['Operating system', host.operatingSystem?.title, equal('os', host.operatingSystem?.name)],
    ['Host group', host.hostgroup, equal('hostgroup_title', host.hostgroup)],
  ];
  const compute = host.computeResource?.name;
  const whereKnown: Row[] = [
    ['Model', host.model, equal('model', host.model)],
    ['Compute resource', compute, equal('compute_resource', compute)],
    ['UUID', host.uuid],
    ['Certificate name', host.certname === host.name ? null : host.certname],
    ['Comment', host.comment],
  ];
  return [...always, ...whereKnown.filter(([, value]) => value)].map(([label, value, search]) => ({
    label,
    value: value ?? '',
    href: value && search ? hostsLink(urls, search) : undefined,
  }));
}

function noMetrics({ host, history: { days }, list }: HostPageData, urls: Urls): HostPage['noMetrics'] {
  if (host.lastReportAt === null) {
    const target = urls.url('/api/v2/config_reports');
    return { text: `This host has never reported. Let its Puppet or Ansible send reports to ${target}.` };
  }
  const text = `No activity of this host in the ${lastDays(days)}.`;
  const link = { label: 'Show the last 30 days', href: hostLink(urls, host.name, { range: 30, list }) };
  return days < 30 ? { text, link } : { text };
}

/** A host's details beside its charts; times are told relative to `now`. */
export function hostPage(data: HostPageData, urls: Urls, now: Date): HostPage {
  const { host, history, list } = data;
  const active = COUNTERS.some((name) => history.sums[name] > 0);
  return {
    title: host.name,
    head: hostHead(host, urls, now, list),
    properties: properties(host, urls),
    metrics: active
      ? {
          caption: lastDays(history.days),
          reports: countOf(history.reports, 'report'),
          counters: counterCells(history.sums),
        }
      : null,
    noMetrics: active ? undefined : noMetrics(data, urls),
    virtualMachineUrl: data.virtualMachineUrl,
    ranges: rangeLinks(history.days, (range) => hostLink(urls, host.name, { range, list })),
    ...historyCards(history, { label: 'Larger', href: graphsLink(urls, host.name, { range: history.days, list }) }),
  };
}
