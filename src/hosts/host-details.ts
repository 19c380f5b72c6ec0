import type { Counters } from '../common/counters';
import type { StatusLabel } from './status/status-label';

/** What a host's pages tell about it; null where nobody has told us. */
export interface HostDetails {
  id: number;
  name: string;
  certname: string | null;
  enabled: boolean;
  comment: string | null;
  uuid: string | null;
  ip: string | null;
  mac: string | null;
  domain: string | null;
  environment: string | null;
  architecture: string | null;
  operatingSystem: { name: string; major: string; minor: string; title: string } | null;
  model: string | null;
  /** Full title, e.g. "web/frontend". */
  hostgroup: string | null;
  computeResource: { id: number; name: string } | null;
  status: StatusLabel;
  lastReportAt: Date | null;
  lastReportId: number | null;
  origin: string | null;
  counters: Counters;
}
