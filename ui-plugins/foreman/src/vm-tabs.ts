import { vmNameInAddress } from './address';
import { vmIdByName } from './engine-vms';
import type { SelectedVm } from './host-search';
import type { HostLookup } from './host-lookup';
import type { Places } from './places';
import type { PluginWindow } from './plugin-window';
import type { ReloadedAddress } from './reloaded-address';
import { selectedVms, type Webadmin } from './webadmin';

/** A lookup that takes longer must not leave the former VM's host in view. */
const blankAfterMs = 400;

/** Shows the sub-tabs for the one selected VM that is a host; only the last selection counts. */
export class VmTabs {
  private selection: SelectedVm[] = [];
  private lookup: AbortController | undefined;

  constructor(
    private readonly window: Pick<PluginWindow, 'parent' | 'fetch'>,
    private readonly webadmin: Webadmin,
    private readonly hosts: HostLookup,
    private readonly places: Places,
    private readonly reloaded: ReloadedAddress,
  ) {}

  /** @param selection the arguments of webadmin's selection event */
  select(selection: unknown[]): Promise<void> {
    this.selection = selectedVms(selection);
    if (this.selection.length > 0) this.reloaded.drop();
    return this.refresh();
  }

  /** Going straight to a VM's page changes the address without a selection event. */
  addressChanged(): Promise<void> {
    const name = vmNameInAddress(this.window.parent.location.hash);
    const selected = this.selection.length === 1 ? this.selection[0]?.name : undefined;
    if (!name || name === selected) return Promise.resolve();
    this.selection = [{ name }];
    return this.refresh();
  }

  /**
   * Looks the current VM's host up and shows or hides the sub-tabs.
   * @returns rejects when the lookup failed (the sub-tabs are hidden then), never because another one replaced it
   */
  async refresh(): Promise<void> {
    this.stop();
    const vm = this.currentVm();
    if (!vm) return this.places.hideHost();

    const lookup = new AbortController();
    this.lookup = lookup;
    const blank = setTimeout(() => this.places.blankHost(), blankAfterMs);
    lookup.signal.addEventListener('abort', () => clearTimeout(blank));
    try {
      const host = await this.hosts.hostOf(await this.withId(vm, lookup.signal), lookup.signal);
      if (lookup.signal.aborted) return;
      if (host === undefined) this.places.hideHost();
      else this.places.showHost(host);
    } catch (error) {
      if (lookup.signal.aborted) return;
      this.places.hideHost();
      throw error;
    } finally {
      clearTimeout(blank);
    }
  }

  stop(): void {
    this.lookup?.abort();
    this.lookup = undefined;
  }

  /** The service is down: what it answered before proves nothing any more. */
  serviceDown(): void {
    this.stop();
    this.hosts.forget();
  }

  forgetSelection(): void {
    this.stop();
    this.selection = [];
    this.hosts.forget();
  }

  private currentVm(): SelectedVm | undefined {
    if (this.selection.length > 0) return this.selection.length === 1 ? this.selection[0] : undefined;
    const name = vmNameInAddress(this.window.parent.location.hash) ?? this.reloaded.vmName;
    return name ? { name } : undefined;
  }

  private async withId(vm: SelectedVm, signal: AbortSignal): Promise<SelectedVm> {
    if (vm.id || !vm.name) return vm;
    const id = await vmIdByName(this.webadmin, (url, init) => this.window.fetch(url, init), vm.name, signal).catch(
      () => undefined,
    );
    return { ...vm, id };
  }
}
