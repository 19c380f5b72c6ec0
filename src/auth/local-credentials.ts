import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { AccessTokenStore } from './access-token.store';
import { isPlainText } from './engines/login-form';
import { PasswordVerifier } from './password';
import { TOKEN, randomToken } from './token';
import { UserStore, type LocalUser } from './user.store';

/** Checks the passwords of local users, and personal access tokens of all. */
@Injectable()
export class LocalCredentials {
  private readonly passwords = new PasswordVerifier();

  constructor(
    private readonly users: UserStore,
    private readonly tokens: AccessTokenStore,
  ) {}

  /**
   * Whose password this is, whether they may use it or not. Of an unknown login only the time is spent: its password may
   * be a secret that is none of ours.
   */
  async ownerOf(login: string, password: string): Promise<LocalUser | null> {
    const user = await this.userOf(login);
    const right = await this.passwords.verify(user === null ? randomToken() : password, user?.passwordHash ?? null);
    return right ? user : null;
  }

  async byPassword(login: string, password: string): Promise<Actor | null> {
    const user = await this.ownerOf(login, password);
    return user && this.users.actor(user.id);
  }

  /**
   * What needs no hashing and cannot be guessed at: as Basic password a personal access token of the same user, as in
   * Foreman, or a password that was right a moment ago.
   */
  async byTokenOrRemembered(login: string, password: string): Promise<Actor | null> {
    if (TOKEN.test(password)) {
      const owner = await this.byToken(password);
      return owner?.name === login.toLowerCase() ? owner : null;
    }
    const user = await this.userOf(login);
    return user !== null && this.passwords.remembers(password, user.passwordHash) ? this.users.actor(user.id) : null;
  }

  async byToken(token: string): Promise<Actor | null> {
    const userId = await this.tokens.userOf(token);
    return userId === null ? null : this.users.actor(userId);
  }

  private userOf(login: string) {
    return isPlainText(login) ? this.users.localByLogin(login) : Promise.resolve(null);
  }
}
