import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Allow, CurrentActor } from '../auth';
import type { Actor } from '../common/actor';
import { ReportListReadModel, ReportReadModel, legacyReportJson } from '../report-pages';
import { parseSearch } from '../search';
import { Jsonp, QueryPipe, SeeOther, Urls, wantsJson } from '../web';
import { hostLink } from '../view-kit';
import { FactReadModel, factsByHost, HostReadModel } from '../hosts';
import { OfHostQuery } from './host-api.schema';
import { legacyHostJson } from './host-legacy-json';
import { scopeOf } from './host-scope';

type ListQuery = z.output<typeof OfHostQuery>;
/** Foreman 1.1 had no pages of facts. */
const FactsQuery = OfHostQuery.extend({ per_page: OfHostQuery.shape.per_page.removeDefault().default(10_000) });

/**
 * The JSON that Foreman 1.1 served at its pages' addresses, for clients of that time (Foreman 1.1: hosts_controller.rb,
 * reports_controller.rb, fact_values_controller.rb). Of these only a host has a page.
 */
@Controller()
export class LegacyController {
  constructor(
    private readonly hosts: HostReadModel,
    private readonly facts: FactReadModel,
    private readonly list: ReportListReadModel,
    private readonly reports: ReportReadModel,
    private readonly urls: Urls,
  ) {}

  @Allow('view_hosts', 'view_ovirt')
  @Jsonp()
  @Get('hosts/:id')
  async host(@Param('id') id: string, @Req() request: Request, @CurrentActor() actor: Actor): Promise<object> {
    const host = await this.hosts.byName(id);
    if (!wantsJson(request)) return new SeeOther(hostLink(this.urls, host.name), 302);
    return { host: legacyHostJson(host, actor) };
  }

  @Allow('view_hosts', 'view_ovirt')
  @Get('hosts/:id/status')
  async status(@Param('id') id: string): Promise<object> {
    return { status: (await this.hosts.byName(id)).status };
  }

  @Allow('view_facts')
  @Get('hosts/:id/facts')
  async factsOf(
    @Param('id') id: string,
    @Query(new QueryPipe(FactsQuery)) query: z.output<typeof FactsQuery>,
  ): Promise<object> {
    return this.factPage(query, (await this.hosts.byName(id)).id);
  }

  @Allow('view_facts')
  @Get('fact_values')
  allFacts(@Query(new QueryPipe(FactsQuery)) query: z.output<typeof FactsQuery>): Promise<object> {
    return this.factPage(query, query.host_id);
  }

  @Allow('view_config_reports', 'view_ovirt')
  @Get('hosts/:id/reports')
  async reportsOf(@Param('id') id: string, @Query(new QueryPipe(OfHostQuery)) query: ListQuery): Promise<object> {
    return this.reportPage(query, (await this.hosts.byName(id)).id);
  }

  @Allow('view_config_reports', 'view_ovirt')
  @Get('hosts/:id/reports/last')
  async lastOf(@Param('id') id: string): Promise<object> {
    const { id: hostId } = await this.hosts.byName(id);
    return legacyReportJson(await this.reports.byId(await this.list.lastId(hostId)));
  }

  @Allow('view_config_reports', 'view_ovirt')
  @Get('reports')
  allReports(@Query(new QueryPipe(OfHostQuery)) query: ListQuery): Promise<object> {
    return this.reportPage(query, query.host_id);
  }

  private async factPage(
    { search, order, page, per_page: perPage }: ListQuery,
    host?: string | number,
  ): Promise<object> {
    const { rows } = await this.facts.page({
      scope: scopeOf('host', host),
      order,
      search: parseSearch(search),
      page,
      perPage,
    });
    return factsByHost(rows);
  }

  private async reportPage(
    { search, order, page, per_page: perPage }: ListQuery,
    host?: string | number,
  ): Promise<object> {
    const { rows } = await this.list.page({
      scope: scopeOf('host', host),
      search: parseSearch(search),
      order,
      page,
      perPage,
    });
    return rows.map(legacyReportJson);
  }
}
