import { Module } from '@nestjs/common';
import { Navigation, PagesProtocol } from '../view-kit';
import { DashboardApiController } from './dashboard-api.controller';
import { DashboardFigures } from './dashboard-figures';
import { DashboardController } from './dashboard.controller';
import { FrontPageController } from './front-page.controller';
import { DashboardReadModel } from './dashboard.read-model';
import { HostCounts } from './host-counts';

@Module({
  controllers: [DashboardController, FrontPageController, DashboardApiController],
  providers: [DashboardReadModel, DashboardFigures, HostCounts],
})
export class DashboardModule {
  constructor(pages: PagesProtocol, navigation: Navigation) {
    pages.areAt('/', '/dashboard');
    navigation.add({
      label: 'Dashboard',
      path: '/dashboard/ovirt',
      needs: ['access_dashboard', 'view_ovirt'],
      rank: 20,
    });
  }
}
