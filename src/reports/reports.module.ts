import { Global, Logger, Module, type DynamicModule } from '@nestjs/common';
import { MINUTE_MS } from '../common/clock';
import { SharedWorks } from '../database';
import { ReportHistoryReadModel } from './report-history.read-model';
import { ReportStore } from './report.store';
import { RETENTION_DAYS, Retention } from './retention';
import { TextStore } from './text.store';

const SWEEP_MS = 60 * MINUTE_MS;
const PUBLIC = [Retention, ReportStore, TextStore, ReportHistoryReadModel];

@Global()
@Module({})
export class ReportsModule {
  private readonly logger = new Logger(ReportsModule.name);

  constructor(works: SharedWorks, retention: Retention) {
    works.add({
      name: 'report retention',
      everyMs: SWEEP_MS,
      work: (signal) => retention.sweep(signal),
      onFailure: (error) => this.logger.error(error, 'removing old reports failed'),
    });
  }

  static forRoot({ retentionDays }: { retentionDays: number }): DynamicModule {
    return {
      module: ReportsModule,
      providers: [{ provide: RETENTION_DAYS, useValue: retentionDays }, ...PUBLIC],
      exports: PUBLIC,
    };
  }
}
