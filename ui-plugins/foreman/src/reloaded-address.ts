import { addressShows, vmNameInAddress } from './address';
import type { PluginWindow } from './plugin-window';

const patienceMs = 15_000;

/**
 * The address webadmin was loaded with. When it is one of our tabs, webadmin knows no such place yet and goes to its
 * start page (oVirt: WebAdminPlaceManager.java `revealErrorPlace`); it is brought back once the tab is there.
 */
export class ReloadedAddress {
  private hash: string;
  private readonly until = Date.now() + patienceMs;

  constructor(private readonly webadmin: PluginWindow['parent']) {
    this.hash = webadmin.location.hash;
  }

  /** The VM whose page was reloaded on one of these tabs, as long as going back there is not too late. */
  vmName(tabs: readonly string[]): string | undefined {
    const ours = tabs.some((token) => addressShows(this.hash, token));
    return ours && Date.now() < this.until ? vmNameInAddress(this.hash) : undefined;
  }

  /** Goes back to the address when the tab it shows has come into view, once. */
  tabShown(token: string): void {
    const { hash } = this;
    if (!addressShows(hash, token)) return;
    this.hash = '';
    // Before 4.2 the address does not name the VM: its sub-tab can only come back with the next selection, however late.
    const inTime = Date.now() < this.until || (!vmNameInAddress(hash) && token !== 'foreman-dashboard');
    // webadmin makes a tab accessible after the event loop's turn.
    if (inTime && hash !== this.webadmin.location.hash) setTimeout(() => (this.webadmin.location.hash = hash), 50);
  }

  /** The person went elsewhere. */
  drop(): void {
    if (vmNameInAddress(this.hash)) this.hash = '';
  }
}
