import type { PageData } from '../page-data';
import type { ListRow, WebadminUser, WebadminVm } from '../webadmin-engine';
import { ActionButtons } from './action-buttons';
import { AddressBar } from './address-bar';
import { entityTypeOf } from './entity-list';
import { encodeToken } from './history-token';
import type { Navigation } from './navigation';
import { pluginApi } from './plugin-functions';
import { PluginManager } from './plugin-manager';
import { SplitPane } from './split-pane';
import { Ui } from './ui';
import { VmPages } from './vm-pages';
import { VmSelection } from './vm-selection';

/** After so many ms webadmin knows who is signed in, from 4.2 on: until then plugins already run. */
export const userKnownAfterMs = 200;
/** After so many ms webadmin has read its tags, and tells of those that are active. */
const tagsKnownAfterMs = 3000;

/**
 * Webadmin without its looks: plugins, places and the address, as they act on each other.
 * @param window the page's window; its `pluginApi` is set, its address followed
 */
export class Webadmin {
  readonly ui: Ui;
  readonly plugins: PluginManager;
  readonly vms: VmSelection;
  readonly buttons: ActionButtons;
  private readonly navigation: Navigation;
  private readonly addressBar: AddressBar;
  /** An address that no place answers to yet, tried once more when all plugins are in use. */
  private wanted: string | undefined;
  /** Whether the main view is open. */
  private entered = false;

  constructor(
    window: Window,
    private readonly data: PageData,
  ) {
    const { personality, vms, lists, locale } = data;
    this.plugins = new PluginManager(window, personality);
    this.ui = new Ui(personality, vms, lists);
    this.navigation = this.ui.vmPages ? new VmPages(this.ui) : new SplitPane(this.ui);
    this.vms = new VmSelection(this.ui, this.plugins, this.navigation);
    this.buttons = new ActionButtons(this.ui, this.plugins, (token) =>
      token === 'vms' ? this.vms.entities(this.ui.selection) : (this.ui.rows[token] ?? []),
    );
    this.addressBar = new AddressBar(window, (address) => this.entered && this.reveal(address));
    Object.assign(window, {
      pluginApi: (plugin: string) =>
        pluginApi({
          ...{ plugin, window, locale, manager: this.plugins, ui: this.ui, navigation: this.navigation },
          reveal: (token) => this.reveal(encodeToken({ token, parameters: {} })),
          search: (text) => this.vms.search(text),
        }),
    });
    this.ui.onChange(() => this.writeAddress());
  }

  /** Loads the plugins and, when somebody is signed in already, shows the main view. */
  start(): void {
    const { user, personality } = this.data;
    if (user && personality.initializes === 'when ready') {
      this.plugins.credential = user.credential;
      setTimeout(() => this.enter(user), userKnownAfterMs);
    }
    this.plugins.load(this.data.pluginDefinitions);
    if (user && personality.initializes === 'after login') this.enter(user);
  }

  /** Webadmin knows who is signed in: plugins hear of it, and the main view opens. */
  enter(user: WebadminUser): void {
    this.plugins.enable(user);
    if (this.data.personality.initializes === 'when ready') {
      this.openFirst();
      this.plugins.fire('UserLogin', user.userName, user.userId);
      setTimeout(() => this.activateTags(this.ui.tags), tagsKnownAfterMs);
      this.buttons.start();
    } else {
      this.plugins.fire('UserLogin', user.userName, user.userId);
      if (this.data.personality.credential === 'RestApiSessionAcquired') {
        setTimeout(() => this.plugins.fire('RestApiSessionAcquired', user.credential), 20);
      }
      this.openFirst();
    }
    this.entered = true;
    this.ui.changed();
  }

  /** Leaves the main view; up to 3.4 plugins hear of it, later versions load the page anew or another. */
  leave(): void {
    this.plugins.fire('UserLogout');
    this.plugins.disable();
    this.entered = false;
    this.ui.selection = [];
  }

  /** Items selected in a VM's sub-tab, its NICs say. */
  selectItems(items: { id: string }[]): void {
    // EntityObject.java knows only what main lists hold by more than its id.
    this.ui.items = items.map(({ id }) => ({ id }));
    this.ui.changed();
    this.plugins.fire('DetailItemSelectionChange', this.ui.items);
  }

  /** A selection in another list than the VMs'; the rows are what plugins are told. */
  selectRows(token: string, rows: ListRow[]): void {
    this.ui.rows = { ...this.ui.rows, [token]: rows };
    this.ui.changed();
    const type = entityTypeOf(token);
    if (type) this.plugins.fireSelection(type, rows);
  }

  activateTags(names: string[]): void {
    this.ui.tags = names;
    this.ui.changed();
    const tags = names.map((name) => ({ name, description: name, selected: true, children: [] }));
    this.plugins.fire('TagActivationChange', ...(this.ui.vmPages ? tags : [tags]));
  }

  /** A selection in the list of VMs. */
  select(vms: WebadminVm[]): void {
    this.vms.select(vms);
  }

  /** Goes to an address, as when it is typed. */
  reveal(address: string): void {
    if (!this.navigation.open(address)) this.navigation.openDefault();
  }

  private openFirst(): void {
    const { address } = this.addressBar;
    if (!address) this.navigation.openDefault();
    else if (!this.navigation.open(address)) this.revealUnknown(address);
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
    if (this.wanted !== undefined || !this.entered) return;
    this.addressBar.write(this.navigation.address, this.navigation.replaces);
  }
}
