import { MINUTE_MS } from '../../common/clock';
import type { ReportIntervals } from '../../config';

/** Minutes between two reports of one origin. */
function intervalMinutes(intervals: ReportIntervals, origin: string | null): number {
  return intervals.byOrigin[origin?.toLowerCase() ?? ''] ?? intervals.defaultMinutes;
}

/** When a host that reported at `reportedAt` counts as out of sync; HostStatusStore says the same in SQL, at the start. */
export function staleAt(reportedAt: Date, origin: string, intervals: ReportIntervals): Date {
  return new Date(reportedAt.getTime() + (intervalMinutes(intervals, origin) + intervals.graceMinutes) * MINUTE_MS);
}
