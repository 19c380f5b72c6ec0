import { Global, Module, type DynamicModule } from '@nestjs/common';
import { PagesProtocol } from '../view-kit';
import { ReportHistoryReadModel } from './report-history.read-model';
import { ReportListReadModel } from './report-list.read-model';
import { ReportReadModel } from './report.read-model';
import { ReportStore } from './report.store';
import { ReportsController } from './reports.controller';
import { RETENTION_DAYS, Retention } from './retention';
import { TextStore } from './text.store';

const PUBLIC = [Retention, ReportStore, ReportReadModel, ReportListReadModel, ReportHistoryReadModel];

@Global()
@Module({})
export class ReportsModule {
  constructor(pages: PagesProtocol) {
    pages.areAt('/reports');
  }

  static forRoot({ retentionDays }: { retentionDays: number }): DynamicModule {
    return {
      module: ReportsModule,
      controllers: [ReportsController],
      providers: [{ provide: RETENTION_DAYS, useValue: retentionDays }, TextStore, ...PUBLIC],
      exports: PUBLIC,
    };
  }
}
