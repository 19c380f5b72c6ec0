import { addressShows } from '../../shared/src/address';
import type { Notices } from '../../shared/src/notices';
import type { PluginWindow } from '../../shared/src/plugin-window';
import type { ReloadedAddress } from '../../shared/src/reloaded-address';
import type { Webadmin } from '../../shared/src/webadmin';
import type { PluginConfig } from './config';
import type { ForemanMessages, ForemanNotice } from './messages';
import { tokens, vmTokens, type Token } from './tokens';

const blank = 'about:blank';
const dashboardIcon = 'fa-area-chart';

/**
 * The main tab and the VM's two sub-tabs. Where webadmin can hide a tab, each is hidden until it has something to show;
 * elsewhere it stays, and the plugin's own page says in it why there is nothing.
 */
export class Places {
  /** What each tab in view shows. */
  private readonly urls = new Map<Token, string>();
  /** There since webadmin lets the plugin add places. */
  private messages: ForemanMessages | undefined;
  private hasDashboard = false;

  constructor(
    private readonly window: Pick<PluginWindow, 'parent'>,
    private readonly webadmin: Webadmin,
    private readonly config: PluginConfig,
    private readonly notices: Pick<Notices<ForemanNotice>, 'url'>,
    private readonly reloaded: ReloadedAddress,
  ) {}

  add(messages: ForemanMessages): void {
    this.messages = messages;
    const { labels, dashboardIsStartPage } = this.config;
    this.webadmin.addVmPlace(labels.details ?? messages.details, tokens.details, this.atFirst(tokens.details));
    this.webadmin.addVmPlace(labels.graphs ?? messages.graphs, tokens.graphs, this.atFirst(tokens.graphs));
    if (this.webadmin.hidesTabs || dashboardIsStartPage || this.reloaded.wants(tokens.dashboard)) this.addDashboard();
    vmTokens.forEach((token) => this.added(token));
  }

  /**
   * From 4.2 on the place that a plugin has added last is webadmin's start page, whatever its options say (recorded in
   * 4.5): there the dashboard is added when webadmin has gone to its own, unless it is configured to be the start page.
   */
  addDashboard(): void {
    const { messages } = this;
    if (this.hasDashboard || !messages) return;
    this.hasDashboard = true;
    const { dashboard } = tokens;
    // The menu of 4.2 and later has room for some 16 characters.
    const label = this.webadmin.hidesTabs ? messages.dashboard : 'Foreman';
    this.webadmin.addMainPlace(
      this.config.labels.dashboard ?? label,
      dashboard,
      this.atFirst(dashboard),
      dashboardIcon,
    );
    this.added(dashboard);
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
  waitForHost(): void {
    const rest = this.webadmin.hidesTabs ? blank : this.notices.url('waiting');
    vmTokens.filter((token) => this.urls.has(token)).forEach((token) => this.show(token, rest));
  }

  /** There is no host to show: the sub-tabs are hidden, or tell why. */
  showNoHost(why: ForemanNotice | 'no-vm', reason?: string): void {
    const told = !this.webadmin.hidesTabs || (why === 'no-host' && this.config.showVmsWithoutHost);
    if (!told) return vmTokens.forEach((token) => this.hide(token));
    const page = this.notices.url(why, reason);
    vmTokens.forEach((token) => this.show(token, page));
  }

  /** After a sign-out, of which only a webadmin that hides tabs tells. */
  hideAll(): void {
    Object.values(tokens).forEach((token) => this.hide(token));
  }

  /**
   * Puts the page that tells of a refused login into the main tab, and into the sub-tabs that are in view; loaded anew
   * where it stands already, since what it has to tell may be new.
   */
  showRefusal(reason: string): void {
    const page = this.notices.url('refused', reason);
    vmTokens.filter((token) => this.urls.has(token)).forEach((token) => this.load(token, page));
    this.load(tokens.dashboard, page);
  }

  /** Where tabs can be hidden, every one but a main tab that somebody looks at is: the page that says why stands there. */
  showDown(): void {
    const page = this.notices.url('down');
    if (this.webadmin.hidesTabs) vmTokens.forEach((token) => this.hide(token, page));
    else vmTokens.forEach((token) => this.show(token, page));
    if (!this.webadmin.hidesTabs || this.isOpen(tokens.dashboard)) this.load(tokens.dashboard, page);
    else this.hide(tokens.dashboard);
  }

  /** The page of the service that the person looks at. */
  get shownPage(): string | undefined {
    return [...this.urls].find(([token]) => this.showsService(token) && this.isOpen(token))?.join(' ');
  }

  /** Whether the person opens a sub-tab that knows no host: its first report may be there by now. */
  get hostMayHaveCome(): boolean {
    return vmTokens.some((token) => this.isOpen(token) && this.urls.get(token)?.endsWith('?no-host') === true);
  }

  /** Loads the service's pages in view again, as after a renewed login. */
  reload(): void {
    for (const [token, url] of this.urls) if (this.showsService(token)) this.webadmin.setUrl(token, url);
  }

  private showsService(token: Token): boolean {
    return this.urls.get(token)?.startsWith(`${this.config.service.url}/`) === true;
  }

  private page(path: string): string {
    return this.config.service.url + path + (this.webadmin.skin ? `?skin=${this.webadmin.skin}` : '');
  }

  private isOpen(token: Token): boolean {
    return this.urls.has(token) && addressShows(this.window.parent.location.hash, token);
  }

  /** What a tab shows from the moment it is added: its place may come later than what it is to show. */
  private atFirst(token: Token): string {
    return this.urls.get(token) ?? (this.webadmin.hidesTabs ? blank : this.notices.url('waiting'));
  }

  private added(token: Token): void {
    if (this.webadmin.hidesTabs) return this.webadmin.setAccessible(token, this.urls.has(token));
    this.urls.set(token, this.atFirst(token));
    this.reloaded.tabShown(token);
  }

  private show(token: Token, url: string): void {
    if (this.urls.get(token) !== url) this.load(token, url);
  }

  private load(token: Token, url: string): void {
    const isNew = !this.urls.has(token);
    this.urls.set(token, url);
    this.webadmin.setUrl(token, url);
    if (!isNew || !this.webadmin.hidesTabs) return;
    this.webadmin.setAccessible(token, true);
    this.reloaded.tabShown(token);
  }

  /** @param rest what is left in the frame of a tab that is open now */
  private hide(token: Token, rest = blank): void {
    if (this.isOpen(token)) this.webadmin.setUrl(token, rest);
    if (this.urls.delete(token)) this.webadmin.setAccessible(token, false);
  }
}
