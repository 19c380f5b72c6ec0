import { LRUCache } from 'lru-cache';
import { atMost } from '../common/cache-limit';
import { AccountSession } from './account-session';
import type { Dialect } from './dialect-port';
import type { ServiceAccount } from './engine-client';
import type { EngineHttp } from './engine-http';
import type { PasswordTry } from './engine-settings';

/** Of accounts that ask an engine at about the same time. */
const MOST_ACCOUNTS = 1_000;

/** One session for each account of an engine; those that nobody used for longest are signed out first. */
export class AccountSessions {
  private readonly sessions = new LRUCache<string, AccountSession>({
    ...atMost(MOST_ACCOUNTS),
    disposeAfter: (session, _key, reason) => {
      if (reason === 'evict') session.close().catch(() => undefined);
    },
  });

  constructor(
    private readonly http: EngineHttp,
    private readonly dialect: () => Promise<Dialect>,
    private readonly tryPassword: PasswordTry,
  ) {}

  of(account: ServiceAccount): AccountSession {
    const key = JSON.stringify([account.user, account.password]);
    const known = this.sessions.get(key);
    if (known) return known;
    const session = new AccountSession(this.http, this.dialect, account, this.tryPassword);
    this.sessions.set(key, session);
    return session;
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.sessions.values()].map((session) => session.close()));
  }
}
