import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { AppError, invalid } from '../common/app-error';
import { LocalCredentials } from './local-credentials';
import { UserAdministration } from './user-administration';
import { FailedLogins } from './failed-logins';

/** Changing the own password, which needs the present one. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly credentials: LocalCredentials,
    private readonly users: UserAdministration,
    private readonly failures: FailedLogins,
  ) {}

  /**
   * Ends the actor's other sessions; the one with the digest `keepSession` goes on.
   * @throws AppError invalid, too_many_requests
   */
  async change(
    { userId, name }: Actor,
    address: string,
    { current, password }: { current: string; password: string },
    keepSession?: string,
  ): Promise<void> {
    if (userId === undefined) throw new AppError('forbidden', 'Only users have a password');
    const owner = await this.failures.attempt(address, name, async () => {
      const found = await this.credentials.byPassword(name, current);
      return found?.userId === userId ? found : null;
    });
    if (owner === null) throw invalid('current_password', 'is not right');
    await this.users.changePassword(userId, password, keepSession);
  }
}
