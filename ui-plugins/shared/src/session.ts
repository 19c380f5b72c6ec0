import type { LoginRefusal } from '../../../src/contracts/plugin-service';
import type { Answer, Fetch } from './plugin-window';
import type { ServiceAddress } from './service-address';
import type { SharedLogin } from './shared-login';
import type { Webadmin } from './webadmin';

/** The service does not let this person in; the message is its own sentence, empty where it gave none. */
export class LoginRefused extends Error {}

/** Nobody answers, or not the service: a proxy's error page, say. */
export class ServiceDown extends Error {}

/** For an answer: longer than an engine takes to refuse, shorter than a proxy's own patience. */
const patienceMs = 20_000;

/**
 * Our session at the service, got with the engine session that webadmin hands out. The engine credential travels once
 * per login, in the body of a POST, and is kept nowhere else.
 */
export class Session {
  /** When the current login failed because the service could not be reached, in ms since the epoch. */
  downSince: number | undefined;
  private login: Promise<void> | undefined;
  private engineSession: string | undefined;

  /**
   * @param shared with the other plugins
   * @param heard called whenever the service has answered
   */
  constructor(
    private readonly service: ServiceAddress,
    private readonly webadmin: Webadmin,
    private readonly shared: SharedLogin,
    private readonly fetch: Fetch,
    private readonly heard: () => void,
  ) {}

  /** Remembers the REST session of a 3.x webadmin for the next login. */
  useEngineSession(id: string): void {
    this.engineSession = id;
  }

  /**
   * Begins a login, or takes part in another plugin's, which replaces the one before it.
   * @returns settles with it: rejects with LoginRefused, or with another error when the service cannot be reached
   */
  signIn(): Promise<void> {
    const login = this.shared.begin(() => this.postLogin()).then(() => this.heard());
    this.login = login;
    this.downSince = undefined;
    login.catch((error: unknown) => {
      if (this.login === login && !(error instanceof LoginRefused)) this.downSince = Date.now();
    });
    return login;
  }

  /** Whether a login has begun and was not ended. */
  get isSignedIn(): boolean {
    return this.login !== undefined;
  }

  /** Whether nothing has replaced or ended this login. */
  isCurrent(login: Promise<void>): boolean {
    return this.login === login;
  }

  signOut(): void {
    this.login = undefined;
    this.downSince = undefined;
    this.engineSession = undefined;
    this.shared.end(() => this.fetch(this.service.logoutUrl, { headers, credentials: 'include' }));
  }

  /**
   * GETs JSON from the service. A 401 renews the login once, with a fresh token, for all requests that meet it.
   * @param path below the service's URL, with a leading slash
   * @throws ServiceDown, or LoginRefused when the renewed login was
   */
  async getJson(path: string, signal: AbortSignal): Promise<unknown> {
    const login = this.login;
    if (!login) throw new Error('Not signed in at the Foreman service yet');
    await login;

    let answer = await this.get(path, signal);
    if (answer.status === 401) {
      await this.renew(login);
      answer = await this.get(path, signal);
    }
    if (!answer.ok) throw await failureIn(answer);
    const json: unknown = await answer.json();
    this.heard();
    return json;
  }

  /** Whether the browser sends the login's cookie: it may drop those of frames. */
  async isKept(): Promise<boolean> {
    const { status } = await this.get('/hosts?per_page=1&format=json');
    return status !== 401;
  }

  /** @throws ServiceDown when the service does not answer */
  async demandService(): Promise<void> {
    const answer = await this.get('/users/login');
    if (!answer.ok) throw await failureIn(answer);
    this.heard();
  }

  private async get(path: string, signal?: AbortSignal): Promise<Answer> {
    try {
      return await this.inTime(this.service.url + path, { headers, credentials: 'include' }, signal);
    } catch (error) {
      throw signal?.aborted ? error : unreachable(error);
    }
  }

  /** A service that accepts a request and does not answer it is down. */
  private async inTime(url: string, init: RequestInit, signal?: AbortSignal): Promise<Answer> {
    const given = new AbortController();
    const timer = setTimeout(() => given.abort(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs);
    if (signal?.aborted) given.abort();
    signal?.addEventListener('abort', () => given.abort());
    try {
      return await this.fetch(url, { ...init, signal: given.signal });
    } finally {
      clearTimeout(timer);
    }
  }

  private renew(expired: Promise<void>): Promise<void> {
    return this.login && this.login !== expired ? this.login : this.signIn();
  }

  private async postLogin(): Promise<void> {
    const secret = this.webadmin.ssoToken() ?? this.engineSession;
    const user = this.webadmin.user();
    if (!secret || !user.name) throw new LoginRefused('');

    const body = new URLSearchParams({
      'login[login]': this.service.userNamePrefix + user.name,
      'login[password]': `${secret};${user.id}`,
      'login[engine]': this.webadmin.engineBaseUrl(),
    });
    const post = this.inTime(this.service.loginUrl, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
      credentials: 'include',
    });
    const answer = await post.catch((error: unknown) => Promise.reject(unreachable(error)));
    if (!answer.ok) throw await refusalIn(answer);
    await answer.json();
  }
}

const headers = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' };

const unreachable = (error: unknown) =>
  new ServiceDown(`The Foreman service cannot be reached (${error instanceof Error ? error.message : String(error)})`);

/** The service's own sentence; `undefined` where a proxy answered in its stead. */
async function sentenceIn(answer: Answer): Promise<string | undefined> {
  const body: unknown = await answer.json().catch(() => undefined);
  return isRefusal(body) ? body.error.message : undefined;
}

async function refusalIn(answer: Answer): Promise<Error> {
  const sentence = await sentenceIn(answer);
  return sentence !== undefined
    ? new LoginRefused(sentence)
    : new ServiceDown(`The login at the Foreman service was answered ${answer.status}`);
}

async function failureIn(answer: Answer): Promise<Error> {
  const sentence = await sentenceIn(answer);
  return sentence !== undefined
    ? new Error(`The Foreman service answered ${answer.status}: ${sentence}`)
    : new ServiceDown(`The Foreman service answered ${answer.status}`);
}

function isRefusal(body: unknown): body is LoginRefusal {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
}
