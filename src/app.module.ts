import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from './accounts';
import { AdminModule } from './admin';
import { ENTITIES } from './app.entities';
import { AuditModule } from './audit';
import { AuthModule } from './auth';
import { BookmarksModule } from './bookmarks';
import { ComputeListsModule } from './compute-lists';
import { ComputeResourcesModule } from './compute-resources';
import { initialAdminPassword, loadSecretKeys, type AppConfig } from './config';
import { DashboardModule } from './dashboard';
import { DatabaseModule } from './database';
import { ForemanApiModule, LegacyModule } from './foreman-api';
import { ForemanKitModule } from './foreman-kit';
import { HostPagesModule } from './host-pages';
import { HostsModule } from './hosts';
import { IngestModule } from './ingest';
import { OpenapiModule } from './openapi';
import { ReportPagesModule } from './report-pages';
import { ReportsModule } from './reports';
import { SecretsModule } from './secrets';
import { ViewKitModule } from './view-kit';
import { VirtualMachinesModule } from './virtual-machines';
import { WebModule } from './web';

@Module({})
export class AppModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      // Routes are matched in this order: what scripts and hosts ask for all day comes first.
      imports: [
        HostPagesModule,
        ForemanApiModule,
        HostsModule.forRoot({ intervals: config.reports.intervals, createHosts: config.uploads.createHosts }),
        IngestModule.forRoot(config.uploads.limits),
        DatabaseModule.forRoot(config.database, ENTITIES, config.databaseLimits),
        SecretsModule.forRoot(loadSecretKeys(config)),
        WebModule.forRoot(config.web),
        ForemanKitModule,
        ViewKitModule,
        AuditModule.forRoot(config.audit),
        ComputeResourcesModule,
        AuthModule.forRoot({
          uploads: config.uploads,
          sessions: config.sessions,
          initialAdminPassword: () => initialAdminPassword(config),
        }),
        ComputeListsModule,
        AccountsModule,
        ReportsModule.forRoot(config.reports),
        BookmarksModule,
        ReportPagesModule,
        DashboardModule,
        VirtualMachinesModule,
        AdminModule,
        OpenapiModule,
        LegacyModule,
      ],
    };
  }
}
