import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ReportHistoryReadModel } from './report-history.read-model';
import { ReportStore } from './report.store';
import { RETENTION_DAYS, Retention } from './retention';
import { TextStore } from './text.store';

const PUBLIC = [Retention, ReportStore, TextStore, ReportHistoryReadModel];

@Global()
@Module({})
export class ReportsModule {
  static forRoot({ retentionDays }: { retentionDays: number }): DynamicModule {
    return {
      module: ReportsModule,
      providers: [{ provide: RETENTION_DAYS, useValue: retentionDays }, ...PUBLIC],
      exports: PUBLIC,
    };
  }
}
