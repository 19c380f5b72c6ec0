import { Controller, Get } from '@nestjs/common';
import { SignedIn } from '../auth';
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
    private readonly urls: Urls,
  ) {}

  @SignedIn()
  @Get()
  show(): Reply {
    return new Reply(
      'openapi/docs',
      () => docsPage(this.routes.all(), this.urls),
      () => openapiDocument(this.routes.all(), { base: this.urls.url(''), version: PACKAGE_VERSION }),
    );
  }
}
