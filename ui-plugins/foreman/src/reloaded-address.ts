import { addressShows, vmNameInAddress } from './address';
import type { PluginWindow } from './plugin-window';
import { tokens } from './tokens';

const key = 'foreman-ovirt.address';
const patienceMs = 15_000;

/**
 * The address that webadmin was opened or reloaded with. When it is one of our tabs, webadmin knows no such place yet
 * and goes to its start page, maybe before this plugin is loaded (oVirt: WebAdminPlaceManager.java `revealErrorPlace`);
 * so the tab's storage keeps the last one, and webadmin is brought back to it once the tab is there.
 */
export class ReloadedAddress {
  private hash: string;
  /** Whether webadmin may still move away from the address by itself. */
  private webadminMayMove: boolean;
  private readonly until = Date.now() + patienceMs;

  constructor(
    private readonly webadmin: PluginWindow['parent'],
    private readonly storage: PluginWindow['sessionStorage'],
  ) {
    const { hash } = webadmin.location;
    this.webadminMayMove = isOurs(hash);
    this.hash = isOurs(hash) || !wasReloaded(webadmin) ? hash : (storage.getItem(key) ?? '');
  }

  /** Notes where webadmin is, for the next reload; who goes elsewhere is not brought back. */
  moved(): void {
    const { hash } = this.webadmin.location;
    this.storage.setItem(key, hash);
    const amongVms = hash.startsWith('#vms') && isNamelessSubTab(this.hash);
    if (!this.webadminMayMove && !amongVms) this.hash = '';
    this.webadminMayMove = false;
  }

  /** The VM whose sub-tab of ours was reloaded, as long as going back there is not too late. */
  get vmName(): string | undefined {
    return isOurs(this.hash) && Date.now() < this.until ? vmNameInAddress(this.hash) : undefined;
  }

  /** Goes back to the address when the tab it shows has come into view, once. */
  tabShown(token: string): void {
    const { hash } = this;
    if (!addressShows(hash, token)) return;
    this.hash = '';
    // Before 4.2 the address does not name the VM: its sub-tab can only come back with the next selection, however late.
    const inTime = Date.now() < this.until || isNamelessSubTab(hash);
    if (hash === this.webadmin.location.hash || !inTime) return;
    // webadmin makes a tab accessible when the event loop comes round.
    setTimeout(() => (this.webadmin.location.hash = hash), 50);
  }

  /** A VM was selected: the person has left the one whose page was reloaded. */
  drop(): void {
    if (vmNameInAddress(this.hash) !== undefined) this.hash = '';
  }
}

function isOurs(hash: string): boolean {
  return Object.values(tokens).some((token) => addressShows(hash, token));
}

function isNamelessSubTab(hash: string): boolean {
  return isOurs(hash) && !addressShows(hash, tokens.dashboard) && vmNameInAddress(hash) === undefined;
}

function wasReloaded({ performance }: PluginWindow['parent']): boolean {
  return performance.getEntriesByType('navigation').some((entry) => 'type' in entry && entry.type === 'reload');
}
