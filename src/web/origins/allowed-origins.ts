import { Inject, Injectable } from '@nestjs/common';
import { FrameAncestors } from '../frame-policy';
import { WEB_CONFIG, type WebConfig } from '../web-config';

/** The other origins whose pages may read our answers: CORS_ORIGINS, and the webadmins of the registered engines. */
@Injectable()
export class AllowedOrigins {
  constructor(
    @Inject(WEB_CONFIG) private readonly config: WebConfig,
    private readonly engines: FrameAncestors,
  ) {}

  /** @param origin as browsers send it; "null" is never allowed */
  async has(origin: string): Promise<boolean> {
    return this.config.corsOrigins.includes(origin) || (await this.engines.frameAncestors()).includes(origin);
  }
}
