import type { SearchField, Sql } from '../../search';

const when =
  (sql: string) =>
  (nowMs: number): Sql => ({ sql, params: [nowMs] });

const FAILED = '(hosts.failed > 0 OR hosts.failed_restarts > 0)';

/** What follows from `configurationStatus` (status-label.ts); `stale_at` is NULL of hosts without report. */
export const globalStatusField: SearchField = {
  type: 'set',
  sql: 'hosts.id',
  required: true,
  unsortable: true,
  values: {
    ok: when(`(hosts.enabled = false OR hosts.stale_at IS NULL OR (hosts.stale_at > ? AND NOT ${FAILED}))`),
    warning: when('(hosts.enabled = true AND hosts.stale_at <= ?)'),
    error: when(`(hosts.enabled = true AND hosts.stale_at > ? AND ${FAILED})`),
  },
};
