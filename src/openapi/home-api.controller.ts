import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { Public, SignedIn } from '../auth';
import { PACKAGE_VERSION } from '../config';
import { Describe, Urls } from '../web';
import { FOREMAN_VERSION } from '../foreman-kit';
import { ApiDocument } from './api-document';
import { ApiRoutes } from './api-routes';
import { Readiness } from './readiness';

const StatusAnswer = z.object({
  result: z.literal('ok'),
  status: z.literal(200),
  version: z.string().describe('Of the Foreman whose API this is'),
  api_version: z.literal(2),
  foreman_ovirt_version: z.string().describe('Of this service'),
});
const PingAnswer = z.object({
  results: z.object({ foreman: z.object({ database: z.object({ active: z.boolean(), duration_ms: z.string() }) }) }),
});
const LinksAnswer = z.object({ links: z.record(z.string(), z.record(z.string(), z.string())) });

/** What clients ask first (Foreman: api/v2/home_controller.rb, ping_controller.rb). */
@Controller(['api/v2', 'api'])
export class HomeApiController {
  constructor(
    private readonly routes: ApiRoutes,
    private readonly openapi: ApiDocument,
    private readonly readiness: Readiness,
    private readonly urls: Urls,
  ) {}

  @Describe({ summary: 'What there is: resource → description → address', answer: LinksAnswer })
  @SignedIn()
  @Get()
  index(): object {
    const links: Record<string, Record<string, string>> = {};
    for (const { path, summary } of this.routes.all()) {
      const [, , , resource = 'home'] = path.split('/');
      (links[resource] ??= {})[summary] = this.urls.url(path);
    }
    return { links };
  }

  @Describe({ summary: 'Version and state of the service', answer: StatusAnswer })
  @SignedIn()
  @Get('status')
  status(): z.output<typeof StatusAnswer> {
    return {
      result: 'ok',
      status: 200,
      version: FOREMAN_VERSION,
      api_version: 2,
      foreman_ovirt_version: PACKAGE_VERSION,
    };
  }

  @Describe({ summary: 'Whether the service and its database answer', answer: PingAnswer })
  @Public()
  @Get('ping')
  async ping(): Promise<z.output<typeof PingAnswer>> {
    const startedAt = performance.now();
    const active = await this.readiness.check().then(
      () => true,
      () => false,
    );
    const duration_ms = String(Math.round(performance.now() - startedAt));
    return { results: { foreman: { database: { active, duration_ms } } } };
  }

  @SignedIn()
  @Get('openapi.json')
  document(@Req() request: Request): object {
    return this.openapi.of(request);
  }
}
