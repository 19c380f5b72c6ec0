import { addressShows } from './address';
import type { PluginConfig } from './config';
import type { Messages } from './messages';
import type { PluginWindow } from './plugin-window';
import type { ReloadedAddress } from './reloaded-address';
import { tokens, type Token } from './tokens';
import type { Webadmin } from './webadmin';

const blank = 'about:blank';
const vmTokens = [tokens.details, tokens.graphs];

/** The main tab and the VM's two sub-tabs: hidden until they have something to show. */
export class Places {
  /** What each tab in view shows. */
  private readonly urls = new Map<Token, string>();

  constructor(
    private readonly window: Pick<PluginWindow, 'parent'>,
    private readonly webadmin: Webadmin,
    private readonly config: PluginConfig,
    private readonly noticePage: string,
    private readonly reloaded: ReloadedAddress,
  ) {}

  add(messages: Messages): void {
    const { labels } = this.config;
    this.webadmin.addMainPlace(labels.dashboard ?? messages.dashboard, tokens.dashboard, blank);
    this.webadmin.addVmPlace(labels.details ?? messages.details, tokens.details, blank);
    this.webadmin.addVmPlace(labels.graphs ?? messages.graphs, tokens.graphs, blank);
    Object.values(tokens).forEach((token) => this.webadmin.setAccessible(token, false));
  }

  showDashboard(): void {
    this.show(tokens.dashboard, this.page('/dashboard/ovirt'));
  }

  showHost(name: string): void {
    const host = `/hosts/${encodeURIComponent(name)}`;
    this.show(tokens.details, this.page(`${host}/ovirt`));
    this.show(tokens.graphs, this.page(`${host}/graphs/ovirt`));
  }

  /** Empties the sub-tabs without closing them, so that nobody is thrown off the tab while a host is looked up. */
  blankHost(): void {
    vmTokens.filter((token) => this.urls.has(token)).forEach((token) => this.show(token, blank));
  }

  hideHost(): void {
    vmTokens.forEach((token) => this.hide(token));
  }

  hideAll(): void {
    Object.values(tokens).forEach((token) => this.hide(token));
  }

  /**
   * Puts the page that tells of a refused login into the main tab, and into the sub-tabs that are in view; loaded anew
   * where it stands already, since what it has to tell may be new.
   */
  showRefusal(): void {
    vmTokens.filter((token) => this.urls.has(token)).forEach((token) => this.load(token, this.noticePage));
    this.load(tokens.dashboard, this.noticePage);
  }

  /** Hides every tab but a main tab that somebody looks at: the page that says why stands there. */
  showDown(): void {
    vmTokens.forEach((token) => this.hide(token, this.noticePage));
    if (this.isOpen(tokens.dashboard)) this.load(tokens.dashboard, this.noticePage);
    else this.hide(tokens.dashboard);
  }

  /** Whether the person looks at one of the service's pages. */
  get showsService(): boolean {
    return [...this.urls].some(([token, url]) => url.startsWith(this.config.url) && this.isOpen(token));
  }

  /** Loads the service's pages in view again, as after a renewed login. */
  reload(): void {
    for (const [token, url] of this.urls) if (url !== this.noticePage) this.webadmin.setUrl(token, url);
  }

  private page(path: string): string {
    return this.config.url + path + (this.webadmin.skin ? `?skin=${this.webadmin.skin}` : '');
  }

  private isOpen(token: Token): boolean {
    return this.urls.has(token) && addressShows(this.window.parent.location.hash, token);
  }

  private show(token: Token, url: string): void {
    if (this.urls.get(token) !== url) this.load(token, url);
  }

  private load(token: Token, url: string): void {
    const isNew = !this.urls.has(token);
    this.urls.set(token, url);
    this.webadmin.setUrl(token, url);
    if (!isNew) return;
    this.webadmin.setAccessible(token, true);
    this.reloaded.tabShown(token);
  }

  /** @param rest what is left in the frame of an open tab: from 4.2 on webadmin stays on it */
  private hide(token: Token, rest = blank): void {
    if (this.isOpen(token)) this.webadmin.setUrl(token, rest);
    if (this.urls.delete(token)) this.webadmin.setAccessible(token, false);
  }
}
