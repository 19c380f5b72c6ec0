import { z } from 'zod';
import { LOG_LEVELS } from '../reports';
import { apiPageOf } from '../foreman-kit';

const report = {
  id: z.int().nullable().describe('null when the host is unknown and uploads make no hosts'),
  host_id: z.int().nullable(),
  host_name: z.string(),
  reported_at: z.string().describe('"2026-11-22 20:26:15 UTC"'),
  status: z.object({
    applied: z.int(),
    restarted: z.int(),
    failed: z.int(),
    failed_restarts: z.int(),
    skipped: z.int(),
    pending: z.int(),
  }),
  origin: z.enum(['Puppet', 'Ansible', 'Unknown']),
  metrics: z.record(z.string(), z.record(z.string(), z.number())),
  created_at: z.string(),
  updated_at: z.string(),
};

export const ReportAnswer = z.object(report);
export const ReportListAnswer = apiPageOf(z.array(ReportAnswer));
export const ReportDetailsAnswer = z.object({
  ...report,
  logs: z.array(
    z.object({
      source: z.object({ source: z.string() }),
      message: z.object({ message: z.string() }),
      level: z.enum(LOG_LEVELS),
    }),
  ),
  summary: z.enum(['Failed', 'Modified', 'Success']),
});
