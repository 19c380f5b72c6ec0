import type { Counters } from '../common/counters';
import { foremanTime } from '../foreman-kit';
import type { LogLine, Metrics, Origin } from '../reports';

interface ReportFacts {
  id: number | null;
  hostId: number | null;
  hostName: string;
  origin: Origin;
  reportedAt: Date;
  counters: Counters;
  metrics: Metrics;
  createdAt: Date;
}

/** A report as Foreman's API v2 lists it (Foreman: api/v2/config_reports/main.json.rabl). */
export function reportJson(report: ReportFacts): object {
  return {
    id: report.id,
    host_id: report.hostId,
    host_name: report.hostName,
    reported_at: foremanTime(report.reportedAt),
    status: report.counters,
    origin: report.origin,
    metrics: report.metrics,
    created_at: foremanTime(report.createdAt),
    updated_at: foremanTime(report.createdAt),
  };
}

/** One report in full (Foreman: api/v2/config_reports/show.json.rabl). */
export function reportDetailsJson(report: ReportFacts & { logs: readonly LogLine[] }): object {
  return {
    ...reportJson(report),
    logs: report.logs.map(({ level, source, message }) => ({ source: { source }, message: { message }, level })),
    summary: summary(report.counters),
  };
}

/** One word for a report (Foreman: report_common.rb summaryStatus). */
export function summary({ failed, failed_restarts, applied, restarted }: Counters): 'Failed' | 'Modified' | 'Success' {
  if (failed + failed_restarts > 0) return 'Failed';
  return applied + restarted > 0 ? 'Modified' : 'Success';
}
