import { vmInAddress, vmInTabAddress } from './address';
import type { PluginWindow } from './plugin-window';
import type { ReloadedAddress } from './reloaded-address';
import { selectedEntities, type NamedEntity } from './selection';
import type { PluginTabs } from './tabs';
import type { Webadmin } from './webadmin';

/** Which VM webadmin is about: told by its selection events and its addresses, after a reload by what was kept. */
export class CurrentVm {
  private selection: NamedEntity[] = [];
  /** Once webadmin's list was in view, a selection event tells of every VM that it goes to (recorded in 4.5). */
  private eventsTell = false;

  constructor(
    private readonly parent: Pick<PluginWindow['parent'], 'location'>,
    private readonly webadmin: Pick<Webadmin, 'hidesTabs'>,
    private readonly reloaded: Pick<ReloadedAddress, 'vm'>,
    private readonly tabs: PluginTabs,
  ) {
    this.arrived();
  }

  /** Webadmin may have been opened with a VM's page, or show one already: no event and no change of the address tells it. */
  arrived(): void {
    const named = vmInAddress(this.parent.location.hash);
    if (named && this.selection.length === 0) this.selection = [named];
  }

  /** @param given the arguments of webadmin's selection event */
  select(given: unknown[]): void {
    const vms = selectedEntities(given);
    this.eventsTell = true;
    // From 4.2 on sub-tabs stand on a VM's own page: what the list has selected meanwhile does not end it.
    if (vms.length === 1 || this.webadmin.hidesTabs) this.selection = vms;
  }

  /** Going straight to a VM's page changes the address without a selection event. @returns whether to another VM */
  addressChanged(): boolean {
    const named = this.inAddress;
    const [selected] = this.selection.length === 1 ? this.selection : [];
    if (!named || isSame(named, selected)) return false;
    // webadmin opens a VM by its id and then writes the name it has found into the address
    this.selection = [named.name && selected?.id && !selected.name ? { ...named, id: selected.id } : named];
    return true;
  }

  get vm(): NamedEntity | undefined {
    if (this.selection.length > 0) return this.selection.length === 1 ? this.selection[0] : undefined;
    const { hash } = this.parent.location;
    return this.reloaded.vm ?? vmInTabAddress(hash, this.tabs.vm);
  }

  /** Whether an event or an address told of a VM. */
  get hasSelection(): boolean {
    return this.selection.length > 0;
  }

  forget(): void {
    this.selection = [];
  }

  /** Of its own tabs' addresses webadmin heeds the name; of ours it does not, it only writes it when it goes on by itself. */
  private get inAddress(): NamedEntity | undefined {
    const { hash } = this.parent.location;
    return vmInAddress(hash) ?? (this.eventsTell ? undefined : vmInTabAddress(hash, this.tabs.vm));
  }
}

function isSame(named: NamedEntity, selected: NamedEntity | undefined): boolean {
  return selected !== undefined && (named.name ? named.name === selected.name : named.id === selected.id);
}
