import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { SessionCookie } from '../auth';
import { PACKAGE_VERSION } from '../config';
import { Urls } from '../web';
import { ApiRoutes } from './api-routes';
import { openapiDocument } from './openapi-document';

/** The OpenAPI document of all routes. */
@Injectable()
export class ApiDocument {
  constructor(
    private readonly routes: ApiRoutes,
    private readonly urls: Urls,
    private readonly cookie: SessionCookie,
  ) {}

  /** As it holds for whoever asks so: over HTTPS the session's cookie has another name. */
  of(request: Request): object {
    return openapiDocument(this.routes.all(), {
      base: this.urls.url(''),
      version: PACKAGE_VERSION,
      sessionCookie: this.cookie.nameFor(request),
    });
  }
}
