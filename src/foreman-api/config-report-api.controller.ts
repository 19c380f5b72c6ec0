import { Controller, Delete, Get, Param, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { Allow, authorOf } from '../auth';
import { rowId } from '../common/row-id';
import { ReportListReadModel, ReportReadModel, reportDetailsJson, reportJson, ReportRemover } from '../report-pages';
import { parseSearch } from '../search';
import { ApiListQuery, Describe, QueryPipe } from '../web';
import { apiPage } from '../foreman-kit';
import { ReportAnswer, ReportDetailsAnswer, ReportListAnswer } from './config-report-api.schema';
import { OfHostQuery } from './host-api.schema';
import { HostReadModel } from '../hosts';
import { scopeOf } from './host-scope';

/** Reports as Foreman's API v2 has them (Foreman: api/v2/config_reports_controller.rb). */
@Controller(['api/v2', 'api'])
export class ConfigReportApiController {
  constructor(
    private readonly hosts: HostReadModel,
    private readonly list: ReportListReadModel,
    private readonly reports: ReportReadModel,
    private readonly remover: ReportRemover,
  ) {}

  @Describe({ summary: 'List reports', answer: ReportListAnswer })
  @Allow('view_config_reports')
  @Get(['config_reports', 'reports'])
  index(@Query(new QueryPipe(OfHostQuery)) query: z.output<typeof OfHostQuery>): Promise<object> {
    return this.page(query, query.host_id);
  }

  @Describe({ summary: 'List the reports of a host', answer: ReportListAnswer })
  @Allow('view_config_reports')
  @Get(['hosts/:id/config_reports', 'hosts/:id/reports'])
  async ofHost(
    @Param('id') id: string,
    @Query(new QueryPipe(ApiListQuery)) query: z.output<typeof ApiListQuery>,
  ): Promise<object> {
    return this.page(query, (await this.hosts.byKey(id)).id);
  }

  @Describe({ summary: 'Show the newest report of a host', answer: ReportDetailsAnswer })
  @Allow('view_config_reports')
  @Get(['hosts/:id/config_reports/last', 'hosts/:id/reports/last'])
  async lastOfHost(@Param('id') id: string): Promise<object> {
    const { id: hostId } = await this.hosts.byKey(id);
    return reportDetailsJson(await this.reports.byId(await this.list.lastId(hostId)));
  }

  @Describe({ summary: 'Show the newest report', answer: ReportDetailsAnswer })
  @Allow('view_config_reports')
  @Get(['config_reports/last', 'reports/last'])
  async last(): Promise<object> {
    return reportDetailsJson(await this.reports.byId(await this.list.lastId()));
  }

  @Describe({ summary: 'Show a report with its log lines', answer: ReportDetailsAnswer })
  @Allow('view_config_reports')
  @Get(['config_reports/:id', 'reports/:id'])
  async show(@Param('id') id: string): Promise<object> {
    return reportDetailsJson(await this.reports.byId(rowId('config_report', id)));
  }

  @Describe({
    summary: 'Delete a report',
    answer: ReportAnswer,
    notes: "Its host's status is then that of the newest report left.",
  })
  @Allow('destroy_config_reports')
  @Delete(['config_reports/:id', 'reports/:id'])
  async remove(@Param('id') id: string, @Req() request: Request): Promise<object> {
    return reportJson(await this.remover.remove(authorOf(request), rowId('config_report', id)));
  }

  private async page(query: z.output<typeof ApiListQuery>, host?: string | number): Promise<object> {
    const { search, order, page, per_page: perPage } = query;
    const scope = scopeOf('host', host);
    const reports = await this.list.page({ scope, search: parseSearch(search), order, page, perPage });
    return apiPage(reports, query, reports.rows.map(reportJson));
  }
}
