import type { PageData } from '../page-data';
import type { WebadminUser, WebadminVm } from '../webadmin-engine';
import { pluginApi } from './plugin-functions';
import { PluginManager } from './plugin-manager';
import { Ui } from './ui';

/**
 * Webadmin without its looks: plugins, places and the address, as they act on each other.
 * @param window the page's window; its `pluginApi` is set, its address followed
 */
export class Webadmin {
  readonly ui: Ui;
  readonly plugins: PluginManager;
  /** An address that no place answers to yet, tried once more when all plugins are in use. */
  private wanted: string | undefined;
  private wrote = '';

  constructor(
    private readonly window: Window,
    private readonly data: PageData,
  ) {
    const { personality, vms, locale } = data;
    this.plugins = new PluginManager(window, personality);
    this.ui = new Ui(personality.layout === '4', vms);
    Object.assign(window, {
      pluginApi: (plugin: string) =>
        pluginApi({
          ...{ plugin, window, locale, manager: this.plugins, ui: this.ui },
          reveal: (token) => this.reveal(token),
        }),
    });
    this.ui.onChange(() => this.writeAddress());
    window.addEventListener('hashchange', () => this.readAddress());
  }

  /** Loads the plugins and, when somebody is signed in already, shows the main view. */
  start(): void {
    this.plugins.load(this.data.pluginDefinitions);
    if (this.data.user) this.enter(this.data.user);
  }

  /** After login. */
  enter(user: WebadminUser): void {
    const { personality } = this.data;
    this.plugins.enable(user);
    this.plugins.fire('UserLogin', user.userName, user.userId);
    if (personality.credential === 'RestApiSessionAcquired') {
      setTimeout(() => this.plugins.fire('RestApiSessionAcquired', user.credential), 20);
    }
    const address = this.window.location.hash.slice(1);
    if (!address) this.ui.openDefault();
    else if (!this.ui.open(address)) this.revealUnknown(address);
    this.ui.changed();
  }

  /** Leaves the main view; up to 3.4 plugins hear of it, later versions load the page anew. */
  leave(): void {
    this.plugins.fire('UserLogout');
    this.plugins.disable();
    this.ui.selection = [];
  }

  /** Items selected in a VM's sub-tab, its NICs say. */
  selectItems(items: { id: string; name: string }[]): void {
    this.ui.items = items;
    this.ui.changed();
    this.plugins.fire('DetailItemSelectionChange', items);
  }

  activateTags(names: string[]): void {
    this.ui.tags = names;
    this.ui.changed();
    this.plugins.fire(
      'TagActivationChange',
      names.map((name) => ({ name, description: name, selected: true, children: [] })),
    );
  }

  /** A selection in the grid, told to the plugins with the fields that this version has. */
  select(vms: WebadminVm[]): void {
    Object.assign(this.ui, { selection: vms, items: [] });
    this.ui.changed();
    this.plugins.fireSelection('VirtualMachine', this.entities(vms));
  }

  entities(vms: WebadminVm[]): object[] {
    const { vmFields } = this.data.personality;
    return vms.map((vm) => {
      const all: Record<string, unknown> = { managed: true, ...vm };
      return Object.fromEntries(['id', ...vmFields].map((field) => [field, all[field]]));
    });
  }

  reveal(address: string): void {
    if (!this.ui.open(address)) this.ui.openDefault();
  }

  /**
   * An unknown place may be a plugin's: webadmin waits for those that its UI waits for, and tries once more
   * (oVirt: WebAdminPlaceManager.java `revealErrorPlace`).
   */
  private revealUnknown(address: string): void {
    this.wanted = address;
    setTimeout(() => {
      if (this.plugins.preloading) return this.revealUnknown(address);
      this.wanted = undefined;
      this.reveal(address);
    }, 10);
  }

  private writeAddress(): void {
    if (this.wanted !== undefined || !this.plugins.user) return;
    const hash = `#${this.ui.address}`;
    if (hash === this.window.location.hash) return;
    this.wrote = hash;
    this.window.location.hash = hash;
  }

  private readAddress(): void {
    const { hash } = this.window.location;
    if (hash === this.wrote || !this.plugins.user) return;
    this.reveal(hash.slice(1));
  }
}
