import { type ChartCard, graphsLink, type Urls } from '../view-kit';
import { historyCards, rangeLinks } from './history-cards';
import { hostHead, type HostHead } from './host-head.view';
import type { HostPageData } from './host-page.view';

/** Locals of hosts/graphs-ovirt.hbs. */
export interface HostGraphsPage {
  title: string;
  head: HostHead;
  ranges: ReturnType<typeof rangeLinks>;
  runtime: ChartCard;
  resources: ChartCard;
}

/** A host's two charts alone, as large as the frame. */
export function hostGraphsPage(
  { host, history, list }: Pick<HostPageData, 'host' | 'history' | 'list'>,
  urls: Urls,
  now: Date,
): HostGraphsPage {
  return {
    title: `${host.name} · graphs`,
    head: hostHead(host, urls, now, list),
    ranges: rangeLinks(history.days, (range) => graphsLink(urls, host.name, { range, list })),
    ...historyCards(history),
  };
}
