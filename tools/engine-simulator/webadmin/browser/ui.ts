import type { WebadminVm } from '../webadmin-engine';

/** A tab or menu item, webadmin's own or a plugin's. */
export interface Place {
  token: string;
  label: string;
  kind: 'main' | 'detail';
  accessible: boolean;
  /** The entity whose sub-tab it is. */
  entityType?: string;
  /** The menu container it stands in. */
  menuId?: string;
  icon?: string;
  priority: number;
  /** Content of a plugin's place; webadmin draws its own. */
  frame?: { url: string; loads: number; unload?: () => void };
}

export interface ActionButton {
  plugin: string;
  /** Token of the place whose tool bar it is in. */
  place: string;
  label: string;
  /** The plugin's object with `onClick`, `isEnabled`, `isAccessible`. */
  functions: unknown;
  index: number;
}

export interface Dialog {
  plugin: string;
  token: string;
  title: string;
  url: string;
  width: string;
  height: string;
  buttons: { label: string; functions: unknown }[];
  closeIconVisible: boolean;
  closeOnEscKey: boolean;
}

export interface Notice {
  type: string;
  text: string;
  hideAfterMs: number;
}

const own = (kind: Place['kind'], rows: string[][]): Place[] =>
  rows.map(([token = '', label = '', menuId]) => ({
    ...{ token, label, kind, accessible: true, priority: 0, menuId },
    entityType: kind === 'detail' ? 'VirtualMachine' : undefined,
  }));

const mainPlaces4 = [
  ['dashboard', 'Dashboard'],
  ['vms', 'Virtual Machines', 'compute'],
  ['networks', 'Networks', 'network'],
  ['storage', 'Domains', 'storage'],
  ['users', 'Users', 'admin'],
  ['events', 'Events'],
];
const mainPlaces3 = [
  ...[
    ['dataCenters', 'Data Centers'],
    ['clusters', 'Clusters'],
    ['hosts', 'Hosts'],
    ['networks', 'Networks'],
  ],
  ...[
    ['storage', 'Storage'],
    ['disks', 'Disks'],
    ['vms', 'Virtual Machines'],
    ['templates', 'Templates'],
  ],
  ['users', 'Users'],
];
const vmPlaces = [
  ...[
    ['general', 'General'],
    ['network_interfaces', 'Network Interfaces'],
    ['disks', 'Disks'],
  ],
  ...[
    ['snapshots', 'Snapshots'],
    ['events', 'Events'],
  ],
];

/** What webadmin shows, apart from how: places, selection, address, buttons, dialogs, notices. */
export class Ui {
  readonly places: Place[];
  readonly menus: { id: string; label: string }[] = [
    { id: 'compute', label: 'Compute' },
    { id: 'network', label: 'Network' },
    { id: 'storage', label: 'Storage' },
    { id: 'admin', label: 'Administration' },
  ];
  buttons: ActionButton[] = [];
  dialogs: Dialog[] = [];
  notices: Notice[] = [];
  selection: WebadminVm[] = [];
  /** Selected in the open sub-tab. */
  items: { id: string; name: string }[] = [];
  /** Active ones. */
  tags: string[] = [];
  searchText = '';
  /** Shown when no other place is asked for. */
  defaultPlace: string;
  main: string;
  detail = 'general';
  /** The VM whose own page is open (4.2 and later). */
  openVm: string | undefined;
  private readonly listeners: (() => void)[] = [];

  constructor(
    readonly vmPages: boolean,
    readonly vms: WebadminVm[],
  ) {
    this.places = [...own('main', vmPages ? mainPlaces4 : mainPlaces3), ...own('detail', vmPlaces)];
    this.defaultPlace = vmPages ? 'dashboard' : 'vms';
    this.main = this.defaultPlace;
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  changed(): void {
    this.listeners.forEach((listener) => listener());
  }

  place(token: string): Place | undefined {
    return this.places.find((place) => place.token === token);
  }

  shown(kind: Place['kind']): Place[] {
    const places = this.places.filter((place) => place.kind === kind && place.accessible);
    return kind === 'detail' ? places.filter((place) => place.entityType === 'VirtualMachine') : places;
  }

  add(place: Place): void {
    const known = this.place(place.token);
    if (known) return;
    const before = this.places.findIndex((other) => other.kind === place.kind && other.priority > place.priority);
    this.places.splice(before < 0 ? this.places.length : before, 0, place);
    this.changed();
  }

  /** Puts a plugin's content into its place; an open one loads anew, even the same URL. */
  setUrl(token: string, url: string): void {
    const frame = this.place(token)?.frame;
    if (!frame) return;
    frame.url = url;
    frame.loads += 1;
    this.changed();
  }

  setAccessible(token: string, accessible: boolean): void {
    const place = this.place(token);
    if (!place) return;
    place.accessible = accessible;
    // From 4.2 on only the menu item or tab goes: who looks at the place stays on it.
    if (!accessible && !this.vmPages && this.main === token) this.open(this.defaultPlace);
    if (!accessible && !this.vmPages && this.detail === token) this.detail = 'general';
    this.changed();
  }

  /** The history token of what is shown: `vms`, `vms-general;name=web1`; before 4.2 `vms-general`, or a plugin's own. */
  get address(): string {
    if (this.main !== 'vms') return this.main;
    if (this.openVm !== undefined) return `vms-${this.detail};name=${encodeURIComponent(this.openVm)}`;
    if (this.vmPages || this.selection.length !== 1) return 'vms';
    return this.place(this.detail)?.frame ? this.detail : `vms-${this.detail}`;
  }

  /** Goes to a history token; returns false, changing nothing, when there is no such place in view. */
  open(address: string): boolean {
    const [token = '', ...parameters] = address.split(';');
    const main = this.shown('main').find((place) => place.token === token);
    if (main) {
      Object.assign(this, { main: token, openVm: undefined });
      this.changed();
      return true;
    }
    const detail = this.shown('detail').find((place) => place.token === token || `vms-${place.token}` === token);
    const name = parameters.find((parameter) => parameter.startsWith('name='))?.slice(5);
    if (!detail || (this.vmPages && name === undefined)) return false;
    Object.assign(this, {
      main: 'vms',
      detail: detail.token,
      openVm: this.vmPages && name !== undefined ? decodeURIComponent(name) : undefined,
    });
    this.changed();
    return true;
  }

  openDefault(): void {
    if (!this.open(this.defaultPlace)) this.open(this.vmPages ? 'dashboard' : 'vms');
  }
}
