import type { Personality } from '../personality';
import type { ListRow, WebadminVm } from '../webadmin-engine';
import { ownPlaces } from './own-places';

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
  /** History token of the place whose tool bar it is in. */
  place: string;
  label: string;
  /** The plugin's object with `onClick`, `isEnabled`, `isAccessible`. */
  functions: unknown;
  index: number;
  /** Whether it is in the menu of further actions. */
  more: boolean;
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
  kind: 'alert' | 'toast';
  type: string;
  text: string;
  hideAfterMs: number;
}

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
  /** Selected rows of the other lists, by the place's token. */
  rows: Record<string, ListRow[] | undefined> = {};
  /** Selected in the open sub-tab. */
  items: { id: string }[] = [];
  /** Active ones. */
  tags: string[] = [];
  searchText = '';
  /** Shown when no other place is asked for. */
  defaultPlace: string;
  main: string;
  /** The sub-tab in view; from 4.2 on none while no VM's page is open. */
  detail: string | undefined;
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly personality: Personality,
    readonly vms: WebadminVm[],
    readonly lists: Record<string, ListRow[] | undefined> = {},
  ) {
    this.places = ownPlaces(personality.layout);
    this.defaultPlace = this.vmPages ? 'dashboard' : 'vms';
    this.main = this.defaultPlace;
    this.detail = this.vmPages ? undefined : 'general';
  }

  /** Whether a VM has a page of its own. */
  get vmPages(): boolean {
    return this.personality.layout === '4';
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

  /** What is selected in a main list. */
  selectionIn(token: string): readonly object[] | undefined {
    return token === 'vms' ? this.selection : this.rows[token];
  }

  /** The VM whose sub-tabs are in view. */
  get vm(): WebadminVm | undefined {
    if (this.vmPages) return this.detail === undefined ? undefined : this.selection[0];
    return this.selection.length === 1 ? this.selection[0] : undefined;
  }

  /** Menu items or sub-tabs in view. */
  shown(kind: Place['kind']): Place[] {
    const hides = this.personality.inaccessible === 'hidden';
    const places = this.places.filter((place) => place.kind === kind && (place.accessible || !hides));
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
}
