import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../auth';
import { Clock } from '../common/clock';
import { Framable, Jsonp, QueryPipe, Reply, Urls } from '../web';
import { DashboardReadModel } from './dashboard.read-model';
import { dashboardPage } from './dashboard.view';

const DashboardQuery = z.object({ search: z.string().default('') });

@Controller('dashboard')
export class DashboardController {
  constructor(
    private readonly dashboard: DashboardReadModel,
    private readonly urls: Urls,
    private readonly clock: Clock,
  ) {}

  @Allow('view_ovirt', 'access_dashboard')
  @Framable()
  @Jsonp()
  @Get('ovirt')
  async show(@Query(new QueryPipe(DashboardQuery)) { search }: z.output<typeof DashboardQuery>): Promise<Reply> {
    const data = await this.dashboard.read(search);
    return new Reply(
      'dashboard/ovirt',
      () => ({ ...dashboardPage(data, this.urls, this.clock.now()), status: data.filterError && 400 }),
      () => data,
    );
  }
}
