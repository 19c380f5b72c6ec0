import { Injectable } from '@nestjs/common';
import { userIdOf } from '../common/actor';
import { invalid } from '../common/app-error';
import { type Author, LocalCredentials, FailedLogins } from '../auth';
import { UserAdministration } from './user-administration';

/** As they were typed. */
interface Passwords {
  current: string;
  password: string;
  repeated: string;
}

/** Changing the own password, which needs the present one. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly credentials: LocalCredentials,
    private readonly users: UserAdministration,
    private readonly failures: FailedLogins,
  ) {}

  /**
   * Ends the actor's other sessions.
   * @throws AppError invalid, too_many_requests
   */
  async change(by: Author, { current, password, repeated }: Passwords): Promise<void> {
    const userId = userIdOf(by.actor);
    const { name } = by.actor;
    if (password !== repeated) throw invalid('password_confirmation', 'is not the same as the new password');
    const owner = await this.failures.attempt(by.source.address, name, async () => {
      const found = await this.credentials.byPassword(name, current);
      return found?.userId === userId ? found : null;
    });
    if (owner === null) throw invalid('current_password', 'is not right');
    await this.users.changePassword(by, userId, password);
  }
}
