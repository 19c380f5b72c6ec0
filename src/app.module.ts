import { Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin';
import { ENTITIES } from './app.entities';
import { AuthModule } from './auth';
import { ComputeResourcesModule } from './compute-resources';
import { initialAdminPassword, loadSecretKeys, type AppConfig } from './config';
import { DashboardModule } from './dashboard';
import { DatabaseModule } from './database';
import { HostsModule } from './hosts';
import { IngestModule } from './ingest';
import { OpenapiModule } from './openapi';
import { ReportsModule } from './reports';
import { SecretsModule } from './secrets';
import { VirtualMachinesModule } from './virtual-machines';
import { WebModule } from './web';

@Module({})
export class AppModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      // Routes are matched in this order: what scripts and hosts ask for all day comes first.
      imports: [
        HostsModule.forRoot({ intervals: config.reports.intervals, createHosts: config.uploads.createHosts }),
        IngestModule.forRoot(config.uploads.limits),
        DatabaseModule.forRoot(config.database, ENTITIES, config.databaseLimits),
        SecretsModule.forRoot(loadSecretKeys(config)),
        WebModule.forRoot(config.web),
        ComputeResourcesModule,
        AuthModule.forRoot({
          uploads: config.uploads,
          sessions: config.sessions,
          audit: config.audit,
          initialAdminPassword: () => initialAdminPassword(config),
        }),
        ReportsModule.forRoot(config.reports),
        DashboardModule,
        VirtualMachinesModule,
        AdminModule,
        OpenapiModule,
      ],
    };
  }
}
