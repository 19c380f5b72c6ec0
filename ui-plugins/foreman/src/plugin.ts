import type { PluginHandlers } from '../../../src/contracts/plugin-api';
import { showsVmBelowGrid, vmInAddress } from '../../shared/src/address';
import { CurrentVm } from '../../shared/src/current-vm';
import { Notices } from '../../shared/src/notices';
import { pluginStorage } from '../../shared/src/plugin-storage';
import type { PluginWindow } from '../../shared/src/plugin-window';
import { ReloadedAddress } from '../../shared/src/reloaded-address';
import { ServiceConnection, type ServiceUser } from '../../shared/src/service-connection';
import type { PluginFrame } from '../../shared/src/start-plugin';
import type { Webadmin } from '../../shared/src/webadmin';
import manifest from '../plugin.json';
import { readConfig, type PluginConfig } from './config';
import { HostLookup } from './host-lookup';
import { messagesFor } from './messages';
import { Places } from './places';
import { tabs } from './tokens';
import { VmTabs } from './vm-tabs';

/** Registers the plugin at webadmin. */
export function startForeman(frame: PluginFrame): void {
  new ForemanPlugin(frame).register();
}

/** Follows the current VM, and gives the tabs what they show as long as the service answers. */
class ForemanPlugin implements ServiceUser {
  private readonly window: PluginWindow;
  private readonly webadmin: Webadmin;
  private readonly config: PluginConfig;
  private readonly service: ServiceConnection;
  private readonly places: Places;
  private readonly currentVm: CurrentVm;
  private readonly hosts: HostLookup;
  private readonly vmTabs: VmTabs;
  private readonly reloaded: ReloadedAddress;
  /** Whether an address named a VM, as only webadmin from 4.2 on does. */
  private addressNamesVms = false;

  constructor({ window, webadmin, config }: PluginFrame) {
    const storage = pluginStorage(window.sessionStorage, manifest.name);
    const notices = new Notices(window, storage, webadmin, messagesFor);
    this.window = window;
    this.webadmin = webadmin;
    this.config = readConfig(config, window.location.origin, (text) => webadmin.warn(text));
    this.reloaded = new ReloadedAddress(window.parent, storage, webadmin, tabs);
    this.service = new ServiceConnection(window, webadmin, this.config.service, this);
    this.places = new Places(window, webadmin, this.config, notices, this.reloaded);
    this.currentVm = new CurrentVm(window.parent, webadmin, this.reloaded, tabs);
    this.hosts = new HostLookup(this.service.session);
    this.vmTabs = new VmTabs(this.currentVm, webadmin, (url, init) => window.fetch(url, init), this.hosts, this.places);
  }

  register(): void {
    const { parent, location } = this.window;
    const { log } = this.webadmin;
    const moved = log.guarded(() => this.moved());
    parent.addEventListener('hashchange', moved);
    const left = log.guarded(() => this.reloaded.keep(this.currentVm.vm));
    parent.addEventListener('pagehide', left);
    const origins = [...new Set([location.origin, new URL(this.config.service.url).origin])];
    this.webadmin.register(this.handlers(), { origins, received: ({ data }) => this.service.received(data) });
  }

  private handlers(): PluginHandlers {
    return {
      UiInit: () => this.places.add(messagesFor(this.webadmin.locale())),
      UserLogin: () => {
        this.reloaded.arrived();
        this.currentVm.arrived();
        if (this.webadmin.ssoToken()) this.service.start();
        this.lookAtAddress();
        this.addDashboardLate();
      },
      RestApiSessionAcquired: (sessionId: string) => this.service.start(sessionId),
      UserLogout: () => this.signOut(),
      VirtualMachineSelectionChange: (...selection: unknown[]) => {
        this.selected(selection);
        this.service.startAgainIfDown();
      },
      SystemTreeSelectionChange: () => this.webadminIsOld(),
    };
  }

  signedIn(): void {
    this.places.reload();
    this.showAll();
  }

  refused(reason: string): void {
    this.vmTabs.stop();
    this.places.showRefusal(reason);
  }

  down(): void {
    this.vmTabs.stop();
    this.hosts.forget();
    this.places.showDown();
  }

  back(): void {
    this.places.showDashboard();
    if (!this.vmTabs.isLooking) this.showVm();
  }

  retried(): void {
    this.hosts.forget();
    this.places.waitForHost();
    if (this.service.isWell) this.showVm();
  }

  get shownPage(): string | undefined {
    return this.places.shownPage;
  }

  private moved(): void {
    this.lookAtAddress();
    this.addDashboardLate();
    this.reloaded.moved();
    if (this.currentVm.addressChanged() || this.places.hostMayHaveCome) this.showVm();
    this.service.looked();
  }

  /** On the way from one of a VM's sub-tabs to the next, 4.2 and later leave the name out for a moment, too. */
  private lookAtAddress(): void {
    const { hash } = this.window.parent.location;
    this.addressNamesVms ||= vmInAddress(hash) !== undefined;
    if (!this.addressNamesVms && showsVmBelowGrid(hash)) this.webadminIsOld();
  }

  private selected(selection: unknown[]): void {
    this.currentVm.select(selection);
    if (this.currentVm.hasSelection) this.reloaded.drop();
    this.showVm();
  }

  /** Webadmin has gone to a place of its own. */
  private addDashboardLate(): void {
    if (this.webadmin.user().id !== '' && this.window.parent.location.hash !== '') this.places.addDashboard();
  }

  private webadminIsOld(): void {
    if (this.webadmin.isOld() && this.service.session.isSignedIn) this.showAll();
  }

  private showAll(): void {
    this.places.showDashboard();
    this.showVm();
  }

  private showVm(): void {
    this.service.follow(this.vmTabs.refresh());
  }

  private signOut(): void {
    this.vmTabs.stop();
    this.currentVm.forget();
    this.hosts.forget();
    this.places.hideAll();
    this.reloaded.forget();
    this.service.signOut();
  }
}
