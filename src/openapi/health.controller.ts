import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '../auth';
import { Readiness } from './readiness';

/** For proxies, units and monitoring; open and cheap. */
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** The process lives. */
  @Public()
  @Header('Cache-Control', 'no-store')
  @Get('healthz')
  lives(): object {
    return { status: 'ok' };
  }

  /** It can serve. @throws AppError unavailable, with the reason */
  @Public()
  @Header('Cache-Control', 'no-store')
  @Get('readyz')
  async isReady(): Promise<object> {
    await this.readiness.check();
    return { status: 'ok' };
  }
}
