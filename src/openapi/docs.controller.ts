import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AdminLayout, SignedIn } from '../auth';
import { Reply, Urls } from '../web';
import { ApiDocument } from './api-document';
import { ApiRoutes } from './api-routes';
import { docsPage } from './docs.view';

/** The API's documentation to browse. */
@Controller('api/docs')
export class DocsController {
  constructor(
    private readonly routes: ApiRoutes,
    private readonly document: ApiDocument,
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
  ) {}

  @SignedIn()
  @Get()
  show(@Req() request: Request): Reply {
    return new Reply(
      'openapi/docs',
      () => docsPage(this.routes.all(), this.layout.of(request, 'API'), this.urls),
      () => this.document.of(request),
    );
  }
}
