import { foremanTime } from '../foreman-kit';
import type { DashboardData } from './dashboard.view';

/** The numbers that the page shows. */
export function dashboardJson({ totalHosts, filter, rows, distribution, events, ...data }: DashboardData): object {
  return {
    total_hosts: totalHosts,
    search: filter === '' ? null : filter,
    rows,
    distribution: {
      interval_minutes: distribution.intervalMinutes,
      bins: distribution.bins.map(({ minutesAgo, reports }) => ({ minutes_ago: minutesAgo, reports })),
    },
    events: events.map(({ reportId, hostName, origin, counters, reportedAt }) => ({
      report_id: reportId,
      host_name: hostName,
      origin,
      reported_at: foremanTime(reportedAt),
      status: counters,
    })),
    recent_minutes: data.recentMinutes,
    generated_at: foremanTime(data.generatedAt),
  };
}
