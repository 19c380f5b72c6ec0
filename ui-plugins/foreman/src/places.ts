import type { PluginConfig } from './config';
import type { Messages } from './messages';
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
    private readonly webadmin: Webadmin,
    private readonly config: PluginConfig,
    private readonly refusedPage: string,
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
    vmTokens.filter((token) => this.urls.has(token)).forEach((token) => this.load(token, this.refusedPage));
    this.load(tokens.dashboard, this.refusedPage);
  }

  /** Loads the service's pages in view again, as after a renewed login. */
  reload(): void {
    for (const [token, url] of this.urls) if (url !== this.refusedPage) this.webadmin.setUrl(token, url);
  }

  private page(path: string): string {
    return this.config.url + path + (this.webadmin.skin ? `?skin=${this.webadmin.skin}` : '');
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

  private hide(token: Token): void {
    if (this.urls.delete(token)) this.webadmin.setAccessible(token, false);
  }
}
