import type { DashboardKey } from './dashboard.view';

/** The dashboard's figures: each is the number of hosts its search finds, and links to that search. */
export const STATUS_ROWS: readonly { key: DashboardKey; search: string }[] = [
  {
    key: 'active',
    search:
      'status.recent = true and status.enabled = true and (status.applied > 0 or status.restarted > 0) and status.failed = 0 and status.failed_restarts = 0',
  },
  {
    key: 'error',
    search: 'status.recent = true and status.enabled = true and (status.failed > 0 or status.failed_restarts > 0)',
  },
  {
    key: 'ok',
    search:
      'status.recent = true and status.enabled = true and status.applied = 0 and status.restarted = 0 and status.failed = 0 and status.failed_restarts = 0 and status.pending = 0',
  },
  { key: 'pending', search: 'status.recent = true and status.enabled = true and status.pending > 0' },
  { key: 'out_of_sync', search: 'status.out_of_sync = true and status.enabled = true' },
  { key: 'no_reports', search: 'not has last_report and status.enabled = true' },
  { key: 'disabled', search: 'status.enabled = false' },
];
