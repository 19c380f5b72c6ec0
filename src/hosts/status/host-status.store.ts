import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { MINUTE_MS } from '../../common/clock';
import { COUNTERS, type Counters } from '../../common/counters';
import type { ReportIntervals } from '../../config';
import { UnitOfWork, type RowOf, type Transaction } from '../../database';
import type { ConfigReport } from '../../reports';
import { staleAt } from './staleness';

export const REPORT_INTERVALS = Symbol('REPORT_INTERVALS');

/** What a host's newest report says; dashboard, labels and search read nothing else. */
@Injectable()
export class HostStatusStore implements OnModuleInit {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(REPORT_INTERVALS) private readonly intervals: ReportIntervals,
  ) {}

  /** The intervals may have changed since the last start: hosts become stale by today's rule. */
  async onModuleInit(): Promise<void> {
    const { byOrigin, defaultMinutes, graceMinutes } = this.intervals;
    const cases = Object.keys(byOrigin)
      .map(() => 'WHEN lower(origin) = ? THEN CAST(? AS bigint)')
      .join(' ');
    const stale = `last_report_at + ${cases === '' ? 'CAST(? AS bigint)' : `CASE ${cases} ELSE CAST(? AS bigint) END`}`;
    const ms = (minutes: number) => (minutes + graceMinutes) * MINUTE_MS;
    const params = [
      ...Object.entries(byOrigin).flatMap(([origin, minutes]) => [origin, ms(minutes)]),
      ms(defaultMinutes),
    ];
    await this.work.run((tx) =>
      tx.execute(`UPDATE hosts SET stale_at = ${stale} WHERE last_report_at IS NOT NULL AND stale_at <> ${stale}`, [
        ...params,
        ...params,
      ]),
    );
  }

  /** Makes the newest report that is left the host's status; without any the host never reported. */
  async recompute(tx: Transaction, hostId: number): Promise<void> {
    await tx.execute(
      `UPDATE hosts SET last_report_at = NULL, origin = NULL, stale_at = NULL, ${COUNTERS.map((name) => `${name} = 0`).join(', ')}
       WHERE id = ?`,
      [hostId],
    );
    const [newest] = await tx.query<RowOf<ConfigReport, 'origin' | 'reported_at' | keyof Counters>>(
      `SELECT origin, reported_at, ${COUNTERS.join(', ')} FROM config_reports WHERE host_id = ?
       ORDER BY reported_at DESC, origin DESC LIMIT 1`,
      [hostId],
    );
    if (newest === undefined) return;
    const { origin, reported_at: reportedAt, ...counters } = newest;
    await this.put(tx, hostId, { origin, reportedAt: new Date(reportedAt), counters });
  }

  /** Takes a report over as the host's status, unless the host already has a later one, whatever the order of arrival. */
  async put(
    tx: Transaction,
    hostId: number,
    report: { origin: string; reportedAt: Date; counters: Counters },
  ): Promise<void> {
    const { origin, counters } = report;
    const reportedAt = report.reportedAt.getTime();
    await tx.execute(
      `UPDATE hosts SET last_report_at = ?, origin = ?, stale_at = ?, applied = ?, restarted = ?, failed = ?,
         failed_restarts = ?, skipped = ?, pending = ?
       WHERE id = ? AND (last_report_at IS NULL OR last_report_at < ? OR (last_report_at = ? AND origin < ?))`,
      [
        reportedAt,
        origin,
        staleAt(report.reportedAt, origin, this.intervals).getTime(),
        counters.applied,
        counters.restarted,
        counters.failed,
        counters.failed_restarts,
        counters.skipped,
        counters.pending,
        hostId,
        reportedAt,
        reportedAt,
        origin,
      ],
    );
  }
}
