import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AdminLayout, SignedIn } from '../auth';
import { PACKAGE_VERSION } from '../config';
import { Reply, Urls } from '../web';
import { ApiRoutes } from './api-routes';
import { docsPage } from './docs.view';
import { openapiDocument } from './openapi-document';

/** The API's documentation to browse. */
@Controller('api/docs')
export class DocsController {
  constructor(
    private readonly routes: ApiRoutes,
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
  ) {}

  @SignedIn()
  @Get()
  show(@Req() request: Request): Reply {
    return new Reply(
      'openapi/docs',
      () => docsPage(this.routes.all(), this.layout.of(request, 'API'), this.urls),
      () => openapiDocument(this.routes.all(), { base: this.urls.url(''), version: PACKAGE_VERSION }),
    );
  }
}
