import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ApiRoutes } from './api-routes';
import { Apidoc } from './apidoc';
import { ApidocController } from './apidoc.controller';
import { DocsController } from './docs.controller';
import { LegacyStatusController } from './legacy-status.controller';
import { HomeApiController } from './home-api.controller';

@Module({
  imports: [DiscoveryModule],
  controllers: [HomeApiController, LegacyStatusController, DocsController, ApidocController],
  providers: [ApiRoutes, Apidoc],
})
export class OpenapiModule {}
