import { reportLink, type LinkView, type Urls, timeView, type TimeView } from '../view-kit';
import { type HostDetails, statusLabelView } from '../hosts';

/** For the partial `host-head`: the one heading line of a host's pages. */
export interface HostHead {
  name: string;
  /** The way back to the list, as it was. */
  back?: LinkView;
  status: ReturnType<typeof statusLabelView>;
  /** Absent where facts have not told it. */
  operatingSystem?: string;
  /** Absent while the host never reported. */
  lastReport?: { at: TimeView; href?: string; origin?: string };
}

/** `list` = query of the host list that the reader comes from. */
export function hostHead(host: HostDetails, urls: Urls, now: Date, list?: string): HostHead {
  return {
    name: host.name,
    back:
      list === undefined
        ? undefined
        : { label: 'Hosts', href: urls.url(`/hosts?${new URLSearchParams(list).toString()}`) },
    status: statusLabelView(host.status),
    operatingSystem: host.operatingSystem?.title,
    lastReport: host.lastReportAt
      ? {
          at: timeView(host.lastReportAt, now, 'relative'),
          href: host.lastReportId === null ? undefined : reportLink(urls, host.lastReportId),
          origin: host.origin ?? undefined,
        }
      : undefined,
  };
}
