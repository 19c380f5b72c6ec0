const ENABLED = ' and status.enabled = true';
const CHANGES = '(status.applied > 0 or status.restarted > 0)';
const NO_ERROR = 'status.failed = 0 and status.failed_restarts = 0';
const BAD = 'status.recent = true and (status.failed > 0 or status.failed_restarts > 0)';
const ACTIVE = `status.recent = true and ${CHANGES}`;
const OK = `status.recent = true and status.applied = 0 and status.restarted = 0 and ${NO_ERROR} and status.pending = 0`;
const STALE = 'status.out_of_sync = true and status.enabled = true';
const PENDING = 'status.recent = true and status.pending > 0';

/** Foreman's figures that count hosts (Foreman: dashboard/data.rb), each by a search. */
export const COUNTED = {
  total_hosts: { search: '', glossary: 'All hosts' },
  bad_hosts: { search: BAD, glossary: 'Hosts that reported in time, with an error' },
  bad_hosts_enabled: {
    search: BAD + ENABLED,
    glossary: 'Hosts that reported in time, with an error and alerts enabled',
  },
  active_hosts: { search: ACTIVE, glossary: 'Hosts that reported in time, with changes' },
  active_hosts_ok: {
    search: `${ACTIVE} and ${NO_ERROR}`,
    glossary: 'Hosts that reported in time, with changes and without error',
  },
  active_hosts_ok_enabled: {
    search: `${ACTIVE} and ${NO_ERROR}${ENABLED}`,
    glossary: 'Hosts that reported in time, with changes, without error and alerts enabled',
  },
  ok_hosts: { search: OK, glossary: 'Hosts that reported in time, without changes, errors or pending changes' },
  ok_hosts_enabled: {
    search: OK + ENABLED,
    glossary: 'Hosts that reported in time, without changes, errors or pending changes and alerts enabled',
  },
  out_of_sync_hosts: { search: STALE, glossary: 'Hosts whose last report is too old' },
  out_of_sync_hosts_enabled: { search: STALE, glossary: 'Hosts whose last report is too old and alerts enabled' },
  disabled_hosts: { search: 'status.enabled = false', glossary: 'Hosts with alerts disabled' },
  pending_hosts: { search: PENDING, glossary: 'Hosts that reported in time, with pending changes' },
  pending_hosts_enabled: {
    search: PENDING + ENABLED,
    glossary: 'Hosts that reported in time, with pending changes and alerts enabled',
  },
  reports_missing: {
    search: 'not has last_report and status.enabled = true',
    glossary: 'Hosts that never reported and have alerts enabled',
  },
} as const satisfies Record<string, { search: string; glossary: string }>;

export type CountedKey = keyof typeof COUNTED;

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
