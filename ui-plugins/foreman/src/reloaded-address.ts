import { addressShows, vmNameInAddress } from './address';
import type { PluginWindow } from './plugin-window';
import { tokens } from './tokens';

const key = 'foreman-ovirt.address';
const patienceMs = 15_000;

/**
 * The address that webadmin was opened or reloaded with. When it is one of our tabs, webadmin knows no such place yet
 * and goes to its start page, maybe before this plugin is loaded (oVirt: WebAdminPlaceManager.java `revealErrorPlace`).
 * The browser still tells which address its page was loaded with; where it leaves out the part after `#`, the tab's
 * storage has kept the last one for a reload. Webadmin is brought back once the tab is there.
 */
export class ReloadedAddress {
  private hash: string;
  /** Whose address it is, where the storage tells: the next person at this browser is not taken there. */
  private readonly owner: string | undefined;
  /** Whether webadmin may still move away from the address by itself. */
  private webadminMayMove = false;
  private until = Infinity;

  /** @param userId of the person signed in, '' before */
  constructor(
    private readonly webadmin: PluginWindow['parent'],
    private readonly storage: PluginWindow['sessionStorage'],
    private readonly userId: () => string,
  ) {
    const loaded = loadOf(webadmin);
    const kept = loaded.again ? this.kept() : undefined;
    this.hash = [loaded.hash, webadmin.location.hash].find(isOurs) ?? kept?.hash ?? '';
    this.owner = kept?.hash === this.hash ? kept.user : undefined;
    this.arrived();
  }

  /** Webadmin's main view opens: before that, as long as the password is not typed, nobody can go anywhere. */
  arrived(): void {
    this.webadminMayMove = isOurs(this.webadmin.location.hash);
    this.until = this.userId() === '' ? Infinity : Date.now() + patienceMs;
  }

  /** Notes where webadmin is, for the next reload; who goes elsewhere is not brought back. */
  moved(): void {
    const { hash } = this.webadmin.location;
    const user = this.userId();
    if (user === '') return;
    this.storage.setItem(key, JSON.stringify({ user, hash }));
    const amongVms = hash.startsWith('#vms') && isNamelessSubTab(this.hash);
    if (!this.webadminMayMove && !amongVms) this.hash = '';
    this.webadminMayMove = false;
  }

  /** The VM whose sub-tab of ours was reloaded, as long as going back there is not too late. */
  get vmName(): string | undefined {
    return isOurs(this.hash) && this.isMine() && Date.now() < this.until ? vmNameInAddress(this.hash) : undefined;
  }

  /** Goes back to the address when the tab it shows has come into view, once. */
  tabShown(token: string): void {
    const { hash } = this;
    if (!addressShows(hash, token)) return;
    this.hash = '';
    // Before 4.2 the address does not name the VM: its sub-tab can only come back with the next selection, however late.
    const inTime = Date.now() < this.until || isNamelessSubTab(hash);
    if (hash === this.webadmin.location.hash || !inTime || !this.isMine()) return;
    // webadmin makes a tab accessible when the event loop comes round.
    setTimeout(() => (this.webadmin.location.hash = hash), 50);
  }

  /** A VM was selected: the person has left the one whose page was reloaded. */
  drop(): void {
    if (vmNameInAddress(this.hash) !== undefined) this.hash = '';
  }

  /** The person has signed out. */
  forget(): void {
    this.hash = '';
    this.storage.removeItem(key);
  }

  private isMine(): boolean {
    return this.owner === undefined || this.owner === this.userId();
  }

  private kept(): { user: string; hash: string } | undefined {
    try {
      const { user, hash } = JSON.parse(this.storage.getItem(key) ?? '{}') as Record<string, unknown>;
      return typeof user === 'string' && typeof hash === 'string' ? { user, hash } : undefined;
    } catch {
      return undefined;
    }
  }
}

function isOurs(hash: string): boolean {
  return Object.values(tokens).some((token) => addressShows(hash, token));
}

function isNamelessSubTab(hash: string): boolean {
  return isOurs(hash) && !addressShows(hash, tokens.dashboard) && vmNameInAddress(hash) === undefined;
}

/** How webadmin's page was loaded: with which part after `#`, as far as the browser tells, and whether once more. */
function loadOf({ performance }: PluginWindow['parent']): { hash: string; again: boolean } {
  const [entry = {}] = performance.getEntriesByType('navigation');
  const url = 'name' in entry && typeof entry.name === 'string' ? entry.name : '';
  return { hash: /#.*$/.exec(url)?.[0] ?? '', again: 'type' in entry && entry.type === 'reload' };
}
