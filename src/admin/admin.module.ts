import { Module } from '@nestjs/common';
import { AdminPage } from './admin-page';
import { AuthSourcesController } from './auth-sources.controller';
import { AuthSourceApiController, ComputeResourceApiController } from './compute-resource-api.controller';
import { ComputeResourceForms } from './compute-resource-forms';
import { ComputeResourcePagesController } from './compute-resource-pages.controller';
import { EngineStatusController } from './engine-status.controller';
import { EngineStatus } from './engine-status';

@Module({
  controllers: [
    ComputeResourcePagesController,
    ComputeResourceApiController,
    EngineStatusController,
    AuthSourcesController,
    AuthSourceApiController,
  ],
  providers: [AdminPage, ComputeResourceForms, EngineStatus],
})
export class AdminModule {}
