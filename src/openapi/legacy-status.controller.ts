import { Controller, Get } from '@nestjs/common';
import { performance } from 'node:perf_hooks';
import { Public } from '../auth';
import { FOREMAN_VERSION } from '../foreman-kit';
import { Readiness } from './readiness';

/** For load balancers and monitoring, as in Foreman 1.1 (Foreman 1.1: home_controller.rb status). */
@Controller(['status', 'status.json'])
export class LegacyStatusController {
  constructor(private readonly readiness: Readiness) {}

  @Public()
  @Get()
  async show(): Promise<object> {
    const startedAt = performance.now();
    await this.readiness.check();
    const db_duration_ms = Math.round(performance.now() - startedAt);
    return { result: 'ok', status: 200, version: FOREMAN_VERSION, db_duration_ms };
  }
}
