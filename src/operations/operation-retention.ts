import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, DAY_MS, MINUTE_MS } from '../common/clock';
import { SharedWorks, UnitOfWork, removeInBatches } from '../database';
import { OperationStore } from './operation.store';

export const OPERATION_RETENTION_DAYS = Symbol('OPERATION_RETENTION_DAYS');

const EVERY_MS = 60 * MINUTE_MS;

/** Removes operations that ended longer ago than the retention, hourly. */
@Injectable()
export class OperationRetention {
  private readonly logger = new Logger(OperationRetention.name);

  constructor(
    works: SharedWorks,
    private readonly work: UnitOfWork,
    private readonly operations: OperationStore,
    private readonly clock: Clock,
    @Inject(OPERATION_RETENTION_DAYS) private readonly days: number,
  ) {
    works.add({
      name: 'operation retention',
      everyMs: EVERY_MS,
      work: (signal) => this.sweep(signal),
      onFailure: (error) => this.logger.error(error, 'removing old operations failed'),
    });
  }

  /** @returns after everything older than the retention is gone, or the signal tells to give up */
  async sweep(signal?: AbortSignal): Promise<void> {
    const cutoff = new Date(this.clock.now().getTime() - this.days * DAY_MS);
    const removed = await removeInBatches(
      this.work,
      (tx, limit) => this.operations.removeBefore(tx, cutoff, limit),
      signal,
    );
    if (removed > 0) this.logger.log(`removed ${removed} operations older than ${this.days} days`);
  }
}
