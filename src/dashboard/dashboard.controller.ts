import { Controller, Get, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Allow } from '../auth';
import { Clock } from '../common/clock';
import { Framable, Jsonp, QueryPipe, Reply, SeeOther, SearchText, Urls, wantsJson } from '../web';
import { DashboardFigures } from './dashboard-figures';
import { dashboardJson } from './dashboard-json';
import { DashboardReadModel } from './dashboard.read-model';
import { dashboardPage } from './dashboard.view';

const DashboardQuery = z.object({ search: SearchText });

@Controller('dashboard')
export class DashboardController {
  constructor(
    private readonly dashboard: DashboardReadModel,
    private readonly figures: DashboardFigures,
    private readonly urls: Urls,
    private readonly clock: Clock,
  ) {}

  /** Foreman's front page: the figures for programs, the page for people. */
  @Allow('view_ovirt', 'access_dashboard')
  @Jsonp()
  @Get()
  async index(
    @Query(new QueryPipe(DashboardQuery)) { search }: z.output<typeof DashboardQuery>,
    @Req() request: Request,
  ): Promise<object> {
    if (wantsJson(request)) return this.figures.of(search);
    const query = search === '' ? '' : `?search=${encodeURIComponent(search)}`;
    return new SeeOther(this.urls.url(`/dashboard/ovirt${query}`), 302);
  }

  @Allow('view_ovirt', 'access_dashboard')
  @Framable()
  @Jsonp()
  @Get('ovirt')
  async show(@Query(new QueryPipe(DashboardQuery)) { search }: z.output<typeof DashboardQuery>): Promise<Reply> {
    const data = await this.dashboard.read(search);
    return new Reply(
      'dashboard/ovirt',
      () => dashboardPage(data, this.urls, this.clock.now()),
      () => dashboardJson(data),
      data.filterError,
    );
  }
}
