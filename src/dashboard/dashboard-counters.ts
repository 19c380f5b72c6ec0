import type { DashboardKey } from './dashboard.view';

/** A condition on all hosts, and the same on those with alerts enabled: the equal ones first, as their index has them. */
const both = (recency: string, rest = ''): { all: string; enabled: string } => ({
  all: `${recency}${rest}`,
  enabled: `${recency} and status.enabled = true${rest}`,
});
const RECENT = 'status.recent = true';
const CHANGES = ' and (status.applied > 0 or status.restarted > 0)';
const NO_ERROR = ' and status.failed = 0 and status.failed_restarts = 0';
const BAD = both(RECENT, ' and (status.failed > 0 or status.failed_restarts > 0)');
const ACTIVE_OK = both(RECENT, CHANGES + NO_ERROR);
const OK = both(RECENT, ` and status.applied = 0 and status.restarted = 0${NO_ERROR} and status.pending = 0`);
const STALE = both('status.out_of_sync = true').enabled;
const PENDING = both(RECENT, ' and status.pending > 0');

/** Foreman's figures that count hosts (Foreman: dashboard/data.rb), each by a search. */
export const COUNTED = {
  total_hosts: { search: '', glossary: 'All hosts' },
  bad_hosts: { search: BAD.all, glossary: 'Hosts that reported in time, with an error' },
  bad_hosts_enabled: {
    search: BAD.enabled,
    glossary: 'Hosts that reported in time, with an error and alerts enabled',
  },
  active_hosts: { search: RECENT + CHANGES, glossary: 'Hosts that reported in time, with changes' },
  active_hosts_ok: {
    search: ACTIVE_OK.all,
    glossary: 'Hosts that reported in time, with changes and without error',
  },
  active_hosts_ok_enabled: {
    search: ACTIVE_OK.enabled,
    glossary: 'Hosts that reported in time, with changes, without error and alerts enabled',
  },
  ok_hosts: { search: OK.all, glossary: 'Hosts that reported in time, without changes, errors or pending changes' },
  ok_hosts_enabled: {
    search: OK.enabled,
    glossary: 'Hosts that reported in time, without changes, errors or pending changes and alerts enabled',
  },
  out_of_sync_hosts: { search: STALE, glossary: 'Hosts with alerts enabled whose last report is too old' },
  out_of_sync_hosts_enabled: { search: STALE, glossary: 'Hosts whose last report is too old and alerts enabled' },
  disabled_hosts: { search: 'status.enabled = false', glossary: 'Hosts with alerts disabled' },
  pending_hosts: { search: PENDING.all, glossary: 'Hosts that reported in time, with pending changes' },
  pending_hosts_enabled: {
    search: PENDING.enabled,
    glossary: 'Hosts that reported in time, with pending changes and alerts enabled',
  },
  reports_missing: {
    search: 'not has last_report and status.enabled = true',
    glossary: 'Hosts that never reported and have alerts enabled',
  },
} as const satisfies Record<string, { search: string; glossary: string }>;

export type CountedKey = keyof typeof COUNTED;

/** The figures that the page shows, in its order: each links to its search. */
export const SHOWN: readonly { key: DashboardKey; search: string }[] = [
  { key: 'active', search: COUNTED.active_hosts_ok_enabled.search },
  { key: 'error', search: COUNTED.bad_hosts_enabled.search },
  { key: 'ok', search: COUNTED.ok_hosts_enabled.search },
  { key: 'pending', search: COUNTED.pending_hosts_enabled.search },
  { key: 'out_of_sync', search: COUNTED.out_of_sync_hosts_enabled.search },
  { key: 'no_reports', search: COUNTED.reports_missing.search },
  { key: 'disabled', search: COUNTED.disabled_hosts.search },
];

const DERIVED = {
  good_hosts: 'active_hosts_ok and ok_hosts together',
  good_hosts_enabled: 'active_hosts_ok_enabled and ok_hosts_enabled together',
  percentage: 'ok_hosts_enabled of total_hosts, in whole percent',
};

export type DashboardCounters = Record<CountedKey | keyof typeof DERIVED, number>;

/** What each figure means. */
export const GLOSSARY: Record<keyof DashboardCounters, string> = {
  ...(Object.fromEntries(Object.entries(COUNTED).map(([key, { glossary }]) => [key, glossary])) as Record<
    CountedKey,
    string
  >),
  ...DERIVED,
};
