import type { LoginRefusal } from '../../../src/contracts/plugin-service';
import type { PluginConfig } from './config';
import type { Answer, Fetch } from './plugin-window';
import type { Webadmin } from './webadmin';

/** The service does not let this person in; the message is its own sentence, empty where it gave none. */
export class LoginRefused extends Error {}

/**
 * Our session at the service, got with the engine session that webadmin hands out. The engine credential travels once
 * per login, in the body of a POST, and is kept nowhere else.
 */
export class Session {
  /** When the current login failed because the service could not be reached, in ms since the epoch. */
  downSince: number | undefined;
  private login: Promise<void> | undefined;
  private engineSession: string | undefined;

  constructor(
    private readonly config: PluginConfig,
    private readonly webadmin: Webadmin,
    private readonly fetch: Fetch,
  ) {}

  /** Remembers the REST session of a 3.x webadmin for the next login. */
  useEngineSession(id: string): void {
    this.engineSession = id;
  }

  /**
   * Begins a login, which replaces the one before it.
   * @returns settles with it: rejects with LoginRefused, or with another error when the service cannot be reached
   */
  signIn(): Promise<void> {
    const login = this.postLogin();
    this.login = login;
    this.downSince = undefined;
    login.catch((error: unknown) => {
      if (this.login === login && !(error instanceof LoginRefused)) this.downSince = Date.now();
    });
    return login;
  }

  /** Whether nothing has replaced or ended this login. */
  isCurrent(login: Promise<void>): boolean {
    return this.login === login;
  }

  signOut(): void {
    const hadLogin = this.login !== undefined;
    this.login = undefined;
    this.downSince = undefined;
    this.engineSession = undefined;
    if (hadLogin) this.fetch(this.config.logoutUrl, { credentials: 'include' }).catch(() => undefined);
  }

  /**
   * GETs JSON from the service. A 401 renews the login once, with a fresh token, for all requests that meet it.
   * @param path below the service's URL, with a leading slash
   */
  async getJson(path: string, signal: AbortSignal): Promise<unknown> {
    const login = this.login;
    if (!login) throw new Error('Not signed in at the Foreman service yet');
    await login;

    const init: RequestInit = { headers, credentials: 'include', signal };
    let answer = await this.fetch(this.config.url + path, init);
    if (answer.status === 401) {
      await this.renew(login);
      answer = await this.fetch(this.config.url + path, init);
    }
    if (!answer.ok) throw new Error(`The Foreman service answered ${answer.status}`);
    return answer.json();
  }

  private renew(expired: Promise<void>): Promise<void> {
    return this.login && this.login !== expired ? this.login : this.signIn();
  }

  private async postLogin(): Promise<void> {
    const secret = this.webadmin.ssoToken() ?? this.engineSession;
    const user = this.webadmin.user();
    if (!secret || !user.name) throw new LoginRefused('');

    const body = new URLSearchParams({
      'login[login]': this.config.userNamePrefix + user.name,
      'login[password]': `${secret};${user.id}`,
      'login[engine]': this.webadmin.engineBaseUrl(),
    });
    const answer = await this.fetch(this.config.loginUrl, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
      credentials: 'include',
    });
    if (answer.ok) await answer.json();
    else throw await refusalIn(answer);
  }
}

const headers = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' };

/** A refusal is the service's own JSON; anything else (a proxy's error page) means that the service is not there. */
async function refusalIn(answer: Answer): Promise<Error> {
  const body: unknown = await answer.json().catch(() => undefined);
  return isRefusal(body)
    ? new LoginRefused(body.error.message)
    : new Error(`The login at the Foreman service was answered ${answer.status}`);
}

function isRefusal(body: unknown): body is LoginRefusal {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
}
