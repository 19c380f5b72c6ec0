import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, DAY_MS } from '../common/clock';
import { UnitOfWork, removeInBatches, removeUnusedInBatches, type RemoveUnused } from '../database';
import { ReportStore } from './report.store';
import { TextStore } from './text.store';

export const RETENTION_DAYS = Symbol('REPORT_RETENTION_DAYS');

/** Removes reports older than the retention, and what nothing uses any more. */
@Injectable()
export class Retention {
  private readonly logger = new Logger(Retention.name);
  private readonly unused: RemoveUnused[] = [];

  constructor(
    private readonly work: UnitOfWork,
    private readonly reports: ReportStore,
    private readonly texts: TextStore,
    private readonly clock: Clock,
    @Inject(RETENTION_DAYS) private readonly days: number,
  ) {}

  /** What other features have that nothing may use any more. */
  add(...removeUnused: RemoveUnused[]): void {
    this.unused.push(...removeUnused);
  }

  /** @returns after everything older than the retention or unused is gone, or the signal tells to give up */
  async sweep(signal?: AbortSignal): Promise<void> {
    const { work } = this;
    const cutoff = new Date(this.clock.now().getTime() - this.days * DAY_MS);
    const reports = await removeInBatches(work, (tx, limit) => this.reports.removeBefore(tx, cutoff, limit), signal);
    const texts = await removeInBatches(work, (tx, limit) => this.texts.removeUnused(tx, cutoff, limit), signal);
    let names = 0;
    for (const removeUnused of this.unused) names += await removeUnusedInBatches(work, removeUnused, signal);
    if (names > 0) this.logger.log(`removed ${names} labels and names of facts that nothing uses any more`);
    if (reports > 0) this.logger.log(`removed ${reports} reports older than ${this.days} days, ${texts} texts`);
  }
}
