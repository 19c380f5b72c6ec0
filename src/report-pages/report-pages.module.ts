import { Global, Module } from '@nestjs/common';
import { PagesProtocol } from '../view-kit';
import { ReportListReadModel } from './report-list.read-model';
import { ReportRemover } from './report-remover';
import { ReportReadModel } from './report.read-model';
import { ReportsController } from './reports.controller';

const PUBLIC = [ReportReadModel, ReportListReadModel, ReportRemover];

@Global()
@Module({ controllers: [ReportsController], providers: PUBLIC, exports: PUBLIC })
export class ReportPagesModule {
  constructor(pages: PagesProtocol) {
    pages.areAt('/reports');
  }
}
