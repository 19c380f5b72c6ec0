import type { CurrentVm } from '../../shared/src/current-vm';
import { vmIdByName } from '../../shared/src/engine-vms';
import type { Fetch } from '../../shared/src/plugin-window';
import type { NamedEntity } from '../../shared/src/selection';
import type { Webadmin } from '../../shared/src/webadmin';
import type { HostLookup } from './host-lookup';
import type { Places } from './places';

/** A lookup that takes longer must not leave the former VM's host in view. */
const waitAfterMs = 400;

/** Shows the current VM's host in the sub-tabs, or why there is none; only the last VM counts. */
export class VmTabs {
  private lookup: AbortController | undefined;

  constructor(
    private readonly current: Pick<CurrentVm, 'vm'>,
    private readonly webadmin: Webadmin,
    private readonly fetch: Fetch,
    private readonly hosts: HostLookup,
    private readonly places: Places,
  ) {}

  /**
   * Looks the current VM's host up and shows it.
   * @returns rejects when the lookup failed (the sub-tabs tell so, or are hidden), never because another one replaced it
   */
  async refresh(): Promise<void> {
    this.stop();
    const { vm } = this.current;
    if (!vm) return this.places.showNoHost('no-vm');

    const lookup = new AbortController();
    this.lookup = lookup;
    const wait = setTimeout(() => this.places.waitForHost(), waitAfterMs);
    lookup.signal.addEventListener('abort', () => clearTimeout(wait));
    try {
      const host = await this.hosts.hostOf(await this.withId(vm, lookup.signal), lookup.signal);
      if (lookup.signal.aborted) return;
      if (host === undefined) this.places.showNoHost('no-host');
      else this.places.showHost(host);
    } catch (error) {
      if (lookup.signal.aborted) return;
      this.places.showNoHost('failed', error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      clearTimeout(wait);
      if (this.lookup === lookup) this.lookup = undefined;
    }
  }

  get isLooking(): boolean {
    return this.lookup !== undefined;
  }

  stop(): void {
    this.lookup?.abort();
    this.lookup = undefined;
  }

  private async withId(vm: NamedEntity, signal: AbortSignal): Promise<NamedEntity> {
    if (vm.id || !vm.name) return vm;
    const id = await vmIdByName(this.webadmin, this.fetch, vm.name, signal).catch(() => undefined);
    return { ...vm, id };
  }
}
