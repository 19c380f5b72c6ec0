import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database';
import { EngineAccountStore } from './engine-account.store';
import type { ProvedOwner } from './engine-login';
import { refusal } from './login-refusal';
import { SessionStore } from './session.store';
import { UserStore } from './user.store';

export interface SignedIn {
  userId: number;
  login: string;
  /** The new session's cookie. */
  token: string;
}

/** Gives proved people their session, and their account where it is their first one. */
@Injectable()
export class NewSessions {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: EngineAccountStore,
    private readonly sessions: SessionStore,
    private readonly users: UserStore,
  ) {}

  /** @throws AppError forbidden: not_registered, account_disabled */
  async forOwner({ engine, owner, origin }: ProvedOwner, secret: string): Promise<SignedIn> {
    const { engineId, ontheflyRegister: register } = engine;
    const signedIn = await this.work.run(async (tx) => {
      const account = await this.accounts.signIn(tx, { engineId, owner, register });
      if ('refused' in account) throw refusal(account.refused);
      const token = await this.sessions.create(tx, account.userId, { engineId, secret, origin });
      return { ...account, token };
    });
    this.users.forget(signedIn.userId);
    return signedIn;
  }

  async forUser(userId: number, login: string): Promise<SignedIn> {
    const token = await this.work.run(async (tx) => {
      await this.users.loggedIn(tx, userId);
      return this.sessions.create(tx, userId);
    });
    return { userId, login, token };
  }
}
