import { Module } from '@nestjs/common';
import { PagesProtocol } from '../view-kit';
import { ConfigReportApiController } from './config-report-api.controller';
import { FactApiController } from './fact-api.controller';
import { HostApiController } from './host-api.controller';
import { HostgroupApiController } from './hostgroup-api.controller';
import { LegacyController } from './legacy.controller';
import { NodeController } from './node.controller';
import { UploadsController } from './uploads.controller';

@Module({
  controllers: [
    HostApiController,
    HostgroupApiController,
    FactApiController,
    ConfigReportApiController,
    LegacyController,
    UploadsController,
    NodeController,
  ],
})
export class ForemanApiModule {
  constructor(pages: PagesProtocol) {
    pages.areAt('/hosts', '/fact_values', '/reports');
  }
}
