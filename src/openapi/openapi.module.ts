import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ForemanProtocol } from '../foreman-kit';
import { PagesProtocol } from '../view-kit';
import { ApiDocument } from './api-document';
import { ApiRoutes } from './api-routes';
import { Apidoc } from './apidoc';
import { ApidocController } from './apidoc.controller';
import { DocsController } from './docs.controller';
import { HealthController } from './health.controller';
import { LegacyStatusController } from './legacy-status.controller';
import { HomeApiController } from './home-api.controller';
import { ProbesProtocol } from './probes.protocol';
import { Readiness } from './readiness';

@Module({
  imports: [DiscoveryModule],
  controllers: [HomeApiController, LegacyStatusController, HealthController, DocsController, ApidocController],
  providers: [ApiRoutes, ApiDocument, Apidoc, ProbesProtocol, Readiness],
})
export class OpenapiModule {
  constructor(pages: PagesProtocol, foreman: ForemanProtocol, apidoc: Apidoc) {
    pages.areAt('/api/docs');
    foreman.describedBy(apidoc);
  }
}
