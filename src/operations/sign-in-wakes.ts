import { Injectable, Logger } from '@nestjs/common';
import { EngineIdentities } from '../auth';
import { Signals, UnitOfWork } from '../database';
import { OperationStore } from './operation.store';

/** Lets operations go on that wait for a person, once that person has signed in on whatever instance. */
@Injectable()
export class SignInWakes {
  private readonly logger = new Logger(SignInWakes.name);

  constructor(
    identities: EngineIdentities,
    private readonly store: OperationStore,
    private readonly work: UnitOfWork,
    private readonly signals: Signals,
  ) {
    identities.onSignIn((userId) => {
      this.wake(userId).catch((error: unknown) => this.logger.warn(error, 'operations will notice a sign-in later'));
    });
  }

  private async wake(userId: number | null): Promise<void> {
    await this.work.run(async (tx) => {
      if ((await this.store.signedIn(tx, userId)) > 0) await this.signals.notify(tx, 'operations');
    });
  }
}
