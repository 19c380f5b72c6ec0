import { secondsTime } from '../foreman-kit';
import { summary } from './report-json';
import type { ReportDetails, ReportSummary } from './report.read-model';

/** A report as Foreman 1.1 listed it (Foreman 1.1: report.rb as_json); lists are without `logs`. */
export function legacyReportJson(report: ReportSummary & Partial<Pick<ReportDetails, 'logs'>>): object {
  return {
    report: {
      id: report.id,
      host: report.hostName,
      reported_at: secondsTime(report.reportedAt),
      status: report.counters,
      metrics: report.metrics,
      ...(report.logs && {
        logs: report.logs.map(({ level, source, message }) => ({
          log: { level, messages: { message }, sources: { source } },
        })),
      }),
      summary: summary(report.counters),
    },
  };
}
