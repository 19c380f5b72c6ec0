/** Another plugin's login is waited for no longer than an answer is; its frame may be gone meanwhile. */
const patienceMs = 20_000;
/** How long a login waits for a logout before it: a late answer to that one would delete the new session's cookie. */
const logoutPatienceMs = 3_000;

/** The latest login and logout of any plugin. */
interface Latest {
  login?: Promise<void>;
  logout?: Promise<unknown>;
}
/** By the login's address and the prefix of its user name; in webadmin's window, where all our plugins find it. */
export type SharedLogins = Record<string, Latest | undefined>;

/**
 * The logins of all our plugins in a webadmin. They share the browser's one cookie, and each login ends the session before
 * it, with which the other plugins' pages may just be loading: so a login is for all of them.
 */
export class SharedLogin {
  /** The login that this plugin has taken part in last. */
  private known: Promise<void> | undefined;

  constructor(
    private readonly parent: { foremanOvirtLogins?: SharedLogins },
    private readonly key: string,
  ) {}

  /** Takes part in a login that another plugin has begun since the last one here, else begins one itself. */
  async begin(login: () => Promise<void>): Promise<void> {
    const { latest } = this;
    if (latest.login && latest.login !== this.known) {
      this.known = latest.login;
      return within(patienceMs, latest.login).catch(() => this.begin(login));
    }
    latest.login = latest.logout ? latest.logout.then(login) : login();
    this.known = latest.login;
    return latest.login;
  }

  /** The first plugin that hears of a sign-out ends the session for all. */
  end(logout: () => Promise<unknown>): void {
    const { latest } = this;
    if (latest.login) latest.logout = within(logoutPatienceMs, logout()).catch(() => undefined);
    latest.login = undefined;
    this.known = undefined;
  }

  private get latest(): Latest {
    const all = (this.parent.foremanOvirtLogins ??= {});
    return (all[this.key] ??= {});
  }
}

/** @throws Error when the promise has not settled after so long */
function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`nothing within ${ms / 1000} s`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
