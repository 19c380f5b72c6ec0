import type { Answer } from '../../../ui-plugins/shared/src/plugin-window';

export interface StubHost {
  id: number;
  name: string;
  uuid: string | null;
}

interface Request {
  method: string;
  origin: string;
  path: string;
  search: URLSearchParams;
  body: URLSearchParams;
  headers: Record<string, string>;
  credentials: RequestCredentials | undefined;
}

/**
 * The service as the plugin sees it over `fetch`: one browser session, a host search that understands only well-quoted
 * `uuid = "…" or name = "…"` terms, and the faults that a network has.
 */
export class StubService {
  hosts: StubHost[] = [];
  /** VMs that the engine's REST API tells about. */
  vms: { id: string; name: string }[] = [];
  /** Engine credentials that the engine still honours. */
  valid = new Set(['token-1']);
  /** What every login is answered while set. */
  loginAnswer: { status: number; json: unknown } | undefined;
  /** What every host search is answered while set. */
  hostsAnswer: unknown;
  /** Of the host searches, in their order. */
  readonly signals: (AbortSignal | null | undefined)[] = [];
  down = false;
  /** The status of the page with which a proxy answers in the service's stead, while set. */
  proxyError: number | undefined;
  paths = { login: '/foreman/users/login', logout: '/foreman/users/logout' };
  signedIn = false;
  /** While set, logins, logouts and host searches are answered only at `release()`. */
  holding = false;
  private readonly held: (() => void)[] = [];
  readonly requests: Request[] = [];

  readonly fetch = async (url: string, init: RequestInit): Promise<Answer> => {
    const { origin, pathname, searchParams } = new URL(url);
    const request: Request = {
      method: init.method ?? 'GET',
      origin,
      path: pathname,
      search: searchParams,
      body: new URLSearchParams(typeof init.body === 'string' ? init.body : ''),
      headers: Object.fromEntries(new Headers(init.headers).entries()),
      credentials: init.credentials,
    };
    this.requests.push(request);
    await Promise.resolve();
    if (this.down) throw new TypeError('Failed to fetch');
    return this.answer(request, init.signal ?? undefined);
  };

  /** Requests to a path; of the login page's only those that log in. */
  to(path: string): Request[] {
    const isProbe = ({ method, path: asked }: Request) => method === 'GET' && asked === this.paths.login;
    return this.requests.filter((request) => request.path === path && !isProbe(request));
  }

  release(): void {
    this.holding = false;
    this.held.splice(0).forEach((go) => go());
  }

  private async answer(request: Request, signal: AbortSignal | undefined): Promise<Answer> {
    if (this.proxyError !== undefined) return json(this.proxyError, '<h1>Service Unavailable</h1>');
    if (request.path === this.paths.login) {
      if (request.method === 'GET') return json(200, { message: 'POST' });
      if (this.holding) await this.hold(signal);
      return this.login(request);
    }
    if (request.path === this.paths.logout) {
      if (this.holding) await this.hold(signal);
      this.signedIn = false;
      return json(200, {});
    }
    if (request.path.endsWith('/api/vms')) return json(200, { vm: this.vms });
    if (!request.path.endsWith('/hosts')) return json(404, { error: { message: 'No such page' } });
    if (!this.signedIn) return json(401, { error: { message: 'Not signed in' } });
    if (request.search.get('per_page') === '1') return json(200, []);
    this.signals.push(signal);
    if (this.hostsAnswer !== undefined) return json(200, this.hostsAnswer);
    const found = this.search(request.search.get('search') ?? '');
    if (this.holding) await this.hold(signal);
    return found
      ? json(
          200,
          found.map((host) => ({ host })),
        )
      : json(400, { error: { message: 'Bad search' } });
  }

  private login(request: Request): Answer {
    if (this.loginAnswer) return json(this.loginAnswer.status, this.loginAnswer.json);
    const [credential = ''] = (request.body.get('login[password]') ?? '').split(';');
    this.signedIn = this.valid.has(credential);
    return this.signedIn
      ? json(200, { id: 1, login: request.body.get('login[login]') })
      : json(401, { error: { message: 'The engine does not know this session', reason: 'session_unknown' } });
  }

  private hold(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((go, fail) => {
      this.held.push(go);
      signal?.addEventListener('abort', () => fail(new Error('aborted')));
    });
  }

  private search(text: string): StubHost[] | undefined {
    const terms = text.split(/ or (?=(?:uuid|name)=")/).map((term) => /^(uuid|name)="((?:[^"\\]|\\.)*)"$/.exec(term));
    if (terms.some((term) => term === null)) return undefined;
    return this.hosts.filter((host) =>
      terms.some((term) => {
        const value = (term?.[2] ?? '').replace(/\\(.)/g, '$1').toLowerCase();
        return (term?.[1] === 'uuid' ? host.uuid : host.name)?.toLowerCase() === value;
      }),
    );
  }
}

function json(status: number, body: unknown): Answer {
  return { status, ok: status < 400, json: () => Promise.resolve(body) };
}
