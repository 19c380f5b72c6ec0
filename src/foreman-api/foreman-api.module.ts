import { Module } from '@nestjs/common';
import { ConfigReportApiController } from './config-report-api.controller';
import { FactApiController } from './fact-api.controller';
import { HostApiController } from './host-api.controller';
import { HostgroupApiController } from './hostgroup-api.controller';
import { NodeController } from './node.controller';
import { UploadsController } from './uploads.controller';

@Module({
  controllers: [
    HostApiController,
    HostgroupApiController,
    FactApiController,
    ConfigReportApiController,
    UploadsController,
    NodeController,
  ],
})
export class ForemanApiModule {}
