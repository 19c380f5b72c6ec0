import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { MINUTE_MS } from '../../common/clock';
import { SharedWorks } from '../../database';
import { SessionStore } from './session.store';

const SWEEP_MS = 10 * MINUTE_MS;

/** At start seals engine sessions under the present secret key, and now and then removes expired sessions. */
@Injectable()
export class SessionUpkeep implements OnApplicationBootstrap {
  private readonly logger = new Logger(SessionUpkeep.name);

  constructor(
    works: SharedWorks,
    private readonly sessions: SessionStore,
  ) {
    works.add({
      name: 'expired sessions',
      everyMs: SWEEP_MS,
      work: () => sessions.sweep(),
      onFailure: (error) => this.logger.error(error, 'expired sessions were not removed'),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.sessions.sealAnew();
  }
}
