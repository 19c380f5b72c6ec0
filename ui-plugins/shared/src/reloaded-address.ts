import { addressShows } from './address';
import type { PluginStorage } from './plugin-storage';
import type { PluginWindow } from './plugin-window';
import type { NamedEntity } from './selection';
import type { PluginTabs } from './tabs';
import type { Webadmin } from './webadmin';

const key = 'address';
const patienceMs = 15_000;

/** Where webadmin was when its page was left, as this browser tab keeps it. */
interface Kept {
  /** The id of the person signed in: the next one at this browser is not taken there. */
  user: string;
  hash: string;
  vm?: NamedEntity;
}

/**
 * The address that webadmin was opened or reloaded with. When it is one of the plugin's tabs, webadmin may know no such
 * place yet and go to its start page, maybe before the plugin is loaded (oVirt: WebAdminPlaceManager.java
 * `revealErrorPlace`); it is brought back once the tab is there. An address that is not ours is left alone.
 */
export class ReloadedAddress {
  private hash: string;
  /** What a reload has left. */
  private readonly kept: Kept | undefined;
  /** Whether webadmin may still move away from the address by itself. */
  private webadminMayMove = false;
  private until = Infinity;

  constructor(
    private readonly parent: PluginWindow['parent'],
    private readonly storage: PluginStorage,
    private readonly webadmin: Pick<Webadmin, 'user' | 'hidesTabs'>,
    private readonly tabs: PluginTabs,
  ) {
    const loaded = loadOf(parent);
    this.kept = loaded.again ? keptIn(storage) : undefined;
    // It is of this reload alone: one that cannot be kept must not find an older one.
    storage.removeItem(key);
    // The browser may leave out the part after `#` of the address it tells, so what was kept for the reload is surer.
    const hash = this.kept?.hash ?? [loaded.hash, parent.location.hash].find((at) => this.isOurs(at)) ?? '';
    this.hash = this.isOurs(hash) ? hash : '';
    this.arrived();
  }

  /** Webadmin's main view opens: before that, as long as the password is not typed, nobody can go anywhere. */
  arrived(): void {
    this.webadminMayMove = this.isOurs(this.parent.location.hash);
    this.until = this.webadmin.user().id === '' ? Infinity : Date.now() + patienceMs;
  }

  /** Who goes elsewhere is not brought back. */
  moved(): void {
    if (this.webadmin.user().id === '') return;
    const amongVms = this.parent.location.hash.startsWith('#vms') && this.waitsForSelection;
    if (!this.webadminMayMove && !amongVms) this.hash = '';
    this.webadminMayMove = false;
  }

  /** Whether webadmin is to go back to the tab with this token. */
  wants(token: string): boolean {
    return addressShows(this.hash, token);
  }

  /** The VM whose sub-tab of ours was reloaded in 4.2 and later: neither address nor event tells it then. */
  get vm(): NamedEntity | undefined {
    if (this.webadmin.hidesTabs || !this.kept || !this.isSubTab(this.kept.hash) || !this.isMine()) return undefined;
    return this.kept.vm;
  }

  /** Goes back to the address when the tab it shows has come into view, once. */
  tabShown(token: string): void {
    const { hash } = this;
    if (!this.wants(token)) return;
    const inTime = Date.now() < this.until || this.waitsForSelection;
    this.hash = '';
    if (hash === this.parent.location.hash || !inTime || !this.isMine()) return;
    // webadmin makes a tab accessible when the event loop comes round.
    setTimeout(() => (this.parent.location.hash = hash), 50);
  }

  /** A VM was selected: the person has left the one whose page was reloaded. */
  drop(): void {
    if (this.isSubTab(this.hash) && !this.waitsForSelection) this.hash = '';
  }

  /** Webadmin's page is left, maybe to be loaded anew. @param vm the one that it is about */
  keep(vm: NamedEntity | undefined): void {
    const user = this.webadmin.user().id;
    const kept = user === '' ? this.kept : { user, hash: this.parent.location.hash, vm };
    if (kept) this.storage.setItem(key, JSON.stringify(kept));
  }

  /** The person has signed out. */
  forget(): void {
    this.hash = '';
    this.storage.removeItem(key);
  }

  /** Before 4.2 a sub-tab can only come back with the next selection, however late: no address tells the VM. */
  private get waitsForSelection(): boolean {
    return this.webadmin.hidesTabs && this.isSubTab(this.hash);
  }

  private isMine(): boolean {
    return this.kept === undefined || this.kept.user === this.webadmin.user().id;
  }

  private isOurs(hash: string): boolean {
    return [...this.tabs.main, ...this.tabs.vm].some((token) => addressShows(hash, token));
  }

  private isSubTab(hash: string): boolean {
    return this.tabs.vm.some((token) => addressShows(hash, token));
  }
}

function keptIn(storage: PluginStorage): Kept | undefined {
  try {
    const { user, hash, vm } = JSON.parse(storage.getItem(key) ?? '{}') as Partial<Kept>;
    return typeof user === 'string' && typeof hash === 'string' ? { user, hash, vm } : undefined;
  } catch {
    return undefined;
  }
}

/** How webadmin's page was loaded: with which part after `#`, as far as the browser tells, and whether once more. */
function loadOf({ performance }: PluginWindow['parent']): { hash: string; again: boolean } {
  const [entry = {}] = performance.getEntriesByType('navigation');
  const url = 'name' in entry && typeof entry.name === 'string' ? entry.name : '';
  return { hash: /#.*$/.exec(url)?.[0] ?? '', again: 'type' in entry && entry.type === 'reload' };
}
