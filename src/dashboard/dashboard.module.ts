import { Module } from '@nestjs/common';
import { DashboardApiController } from './dashboard-api.controller';
import { DashboardCountersReadModel } from './dashboard-counters.read-model';
import { DashboardController } from './dashboard.controller';
import { FrontPageController } from './front-page.controller';
import { DashboardReadModel } from './dashboard.read-model';

@Module({
  controllers: [DashboardController, FrontPageController, DashboardApiController],
  providers: [DashboardReadModel, DashboardCountersReadModel],
})
export class DashboardModule {}
