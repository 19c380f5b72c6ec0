import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database';
import { AuditTrail, type AuditSource } from '../../audit';
import { EngineAccountStore } from '../engines/engine-account.store';
import type { ProvedOwner } from '../engines/engine-login';
import { refusal } from '../login-refusal';
import { SessionStore } from './session.store';
import { UserStore, type LocalUser } from '../user.store';

export interface SignedIn {
  userId: number;
  login: string;
  /** "Internal", or the names of the engine's compute resources. */
  authSource: string;
  /** The new session's cookie. */
  token: string;
}

/** Gives proved people their session, and their account where it is their first one, each with its audit entry. */
@Injectable()
export class NewSessions {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: EngineAccountStore,
    private readonly sessions: SessionStore,
    private readonly users: UserStore,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws LoginRefused: not_registered, account_disabled */
  forOwner(
    { engine, owner, origin }: ProvedOwner,
    { secret, openedHere }: { secret: string; openedHere: boolean },
    from: AuditSource,
  ): Promise<SignedIn> {
    const { engineId, ontheflyRegister: register, label } = engine;
    return this.work.run(async (tx) => {
      const account = await this.accounts.signIn(tx, { engineId, owner, register });
      if ('refused' in account) throw refusal(account.refused, { subject: label });
      const { userId, login } = account;
      const token = await this.sessions.create(tx, userId, { engineId, secret, origin, openedHere });
      const entry = { actor: { name: login, engineName: label }, subject: `${label} (${owner.proof})` };
      await this.trail.record({ ...entry, action: 'login', outcome: 'ok', ...from }, tx);
      await this.users.changed(tx);
      return { userId, login, authSource: label, token };
    });
  }

  /** Of a user whose password was right. @returns null when it no longer is, or the user may not sign in */
  forUser(user: LocalUser, from: AuditSource): Promise<SignedIn | null> {
    const { id: userId, login } = user;
    return this.work.run(async (tx) => {
      if (!(await this.users.loggedIn(tx, user))) return null;
      const token = await this.sessions.create(tx, userId);
      await this.trail.record({ actor: login, action: 'login', subject: 'password', outcome: 'ok', ...from }, tx);
      return { userId, login, authSource: 'Internal', token };
    });
  }
}
