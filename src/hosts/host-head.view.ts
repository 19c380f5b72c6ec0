import { reportLink, type Urls } from '../web/page-links';
import { timeView, type TimeView } from '../web/view-format';
import type { HostDetails } from './host-details';
import { statusLabelView } from './status/status-label';

/** For the partial `host-head`: the one heading line of a host's pages. */
export interface HostHead {
  name: string;
  status: ReturnType<typeof statusLabelView>;
  /** Absent where facts have not told it. */
  operatingSystem?: string;
  /** Absent while the host never reported. */
  lastReport?: { at: TimeView; href?: string; origin?: string };
}

export function hostHead(host: HostDetails, urls: Urls, now: Date): HostHead {
  return {
    name: host.name,
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
