import { Inject, Injectable } from '@nestjs/common';
import { WEB_CONFIG, type WebConfig } from './web-config';

/** Links within the service: every one carries the base path. */
@Injectable()
export class Urls {
  constructor(@Inject(WEB_CONFIG) private readonly config: WebConfig) {}

  /** `url('/hosts')` → `/foreman/hosts`. */
  readonly url = (path: string): string => `${this.config.basePath}${path}`;

  /** Path of the session cookie. */
  get cookiePath(): string {
    return this.config.basePath || '/';
  }
}
