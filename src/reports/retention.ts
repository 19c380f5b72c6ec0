import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Clock, DAY_MS, MINUTE_MS } from '../common/clock';
import { UnitOfWork } from '../database';
import { ReportStore } from './report.store';
import { TextStore } from './text.store';

export const RETENTION_DAYS = Symbol('REPORT_RETENTION_DAYS');

const BATCH = 200;
const PAUSE_MS = 50;
const EVERY_MS = 60 * MINUTE_MS;

/** Removes reports older than the retention, hourly, in small batches with pauses, so that uploads never wait long. */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Retention.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly work: UnitOfWork,
    private readonly reports: ReportStore,
    private readonly texts: TextStore,
    private readonly clock: Clock,
    @Inject(RETENTION_DAYS) private readonly days: number,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.start(), EVERY_MS).unref();
    this.start();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.sweeping;
  }

  private start(): void {
    this.sweeping = this.sweep().catch((error: unknown) => {
      if (!this.stopping.signal.aborted) this.logger.error(error, 'removing old reports failed');
    });
  }

  /** @returns after everything older than the retention is gone, or the service stops */
  async sweep(): Promise<void> {
    const cutoff = new Date(this.clock.now().getTime() - this.days * DAY_MS);
    const reports = await this.inBatches(() => this.work.run((tx) => this.reports.removeBefore(tx, cutoff, BATCH)));
    const texts = await this.inBatches(() => this.work.run((tx) => this.texts.removeUnused(tx, cutoff, BATCH)));
    if (reports > 0) this.logger.log(`removed ${reports} reports older than ${this.days} days, ${texts} texts`);
  }

  private async inBatches(removeSome: () => Promise<number>): Promise<number> {
    let removed = 0;
    for (let count = BATCH; count === BATCH && !this.stopping.signal.aborted; removed += count) {
      count = await removeSome();
      if (count === BATCH) await pause(PAUSE_MS, undefined, { signal: this.stopping.signal });
    }
    return removed;
  }
}
