import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, DAY_MS, MINUTE_MS } from '../common/clock';
import { SharedWorks, UnitOfWork, removeInBatches } from '../database';

export const AUDIT_RETENTION_DAYS = Symbol('AUDIT_RETENTION_DAYS');

const EVERY_MS = 60 * MINUTE_MS;

/** Removes entries of the audit trail older than the retention, hourly. */
@Injectable()
export class AuditRetention {
  private readonly logger = new Logger(AuditRetention.name);

  constructor(
    works: SharedWorks,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    @Inject(AUDIT_RETENTION_DAYS) private readonly days: number,
  ) {
    works.add({
      name: 'audit retention',
      everyMs: EVERY_MS,
      work: (signal) => this.sweep(signal),
      onFailure: (error) => this.logger.error(error, 'removing old entries of the audit trail failed'),
    });
  }

  /** @returns after everything older than the retention is gone, or the signal tells to give up */
  async sweep(signal?: AbortSignal): Promise<void> {
    const cutoff = this.clock.now().getTime() - this.days * DAY_MS;
    const removed = await removeInBatches(
      this.work,
      (tx, limit) =>
        tx.execute('DELETE FROM audits WHERE id IN (SELECT id FROM audits WHERE at < ? ORDER BY at LIMIT ?)', [
          cutoff,
          limit,
        ]),
      signal,
    );
    if (removed > 0) this.logger.log(`removed ${removed} entries of the audit trail older than ${this.days} days`);
  }
}
