import { Controller, Get, Param } from '@nestjs/common';
import { Allow } from '../auth';
import { Clock } from '../common/clock';
import { rowId } from '../common/row-id';
import { Framable, Reply, Urls } from '../web';
import { legacyReportJson } from './report-legacy-json';
import { reportPage } from './report-page.view';
import { ReportReadModel } from './report.read-model';

@Controller('reports')
export class ReportsController {
  constructor(
    private readonly reports: ReportReadModel,
    private readonly urls: Urls,
    private readonly clock: Clock,
  ) {}

  @Allow('view_config_reports', 'view_ovirt')
  @Framable()
  @Get(':id')
  async show(@Param('id') id: string): Promise<Reply> {
    const report = await this.reports.byId(rowId('config_report', id));
    return new Reply(
      'reports/show',
      () => reportPage(report, this.urls, this.clock.now()),
      () => legacyReportJson(report),
    );
  }
}
