import type { PluginApi, PluginHandlers } from '../../../src/contracts/plugin-api';
import type { PluginMessage } from '../../../src/contracts/plugin-messages';
import { showsVmBelowGrid, vmInAddress } from './address';
import { readConfig, type PluginConfig } from './config';
import { CurrentVm } from './current-vm';
import { FailureLog } from './failure-log';
import { FrameWatch } from './frame-watch';
import { HostLookup } from './host-lookup';
import { Notices } from './notices';
import { Places } from './places';
import type { Fetch, PluginWindow } from './plugin-window';
import { Recovery } from './recovery';
import { ReloadedAddress } from './reloaded-address';
import { LoginRefused, ServiceDown, Session } from './session';
import { SignIn } from './sign-in';
import { VmTabs } from './vm-tabs';
import { webadminOf, type Webadmin } from './webadmin';

/** The plugin's name in its descriptor, which webadmin knows it by. */
const pluginName = 'foreman';

/**
 * Registers the plugin at the webadmin whose hidden frame this window is; does nothing outside of one. A plugin that
 * cannot start says so in the browser's console.
 */
export function startPlugin(window: PluginWindow): void {
  const api = window.parent.pluginApi?.(pluginName);
  try {
    if (api) new ForemanPlugin(window, api).register();
  } catch (error) {
    // eslint-disable-next-line no-console -- webadmin has no logger for a plugin that is not in use
    console.error('Foreman plugin: it did not start', error);
  }
}

/** Signs in with the engine session, follows the current VM, and gives the tabs what they show. */
class ForemanPlugin {
  private readonly config: PluginConfig;
  private readonly webadmin: Webadmin;
  private readonly session: Session;
  private readonly signIn: SignIn;
  private readonly places: Places;
  private readonly currentVm: CurrentVm;
  private readonly hosts: HostLookup;
  private readonly vmTabs: VmTabs;
  private readonly log: FailureLog;
  private readonly reloaded: ReloadedAddress;
  private readonly recovery: Recovery;
  private readonly frames: FrameWatch;
  private readonly notices: Notices;
  /** How the service was when it was last asked. */
  private service: 'unasked' | 'well' | 'refusing' | 'down' = 'unasked';
  /** Whether an address named a VM, as only webadmin from 4.2 on does. */
  private addressNamesVms = false;

  constructor(
    private readonly window: PluginWindow,
    private readonly api: PluginApi,
  ) {
    const webadmin = webadminOf(window, api);
    const fetch: Fetch = (url, init) => window.fetch(url, init);
    this.notices = new Notices(window, window.sessionStorage, webadmin);
    this.webadmin = webadmin;
    this.config = readConfig(api.configObject(), window.location.origin, (text) => webadmin.warn(text));
    this.reloaded = new ReloadedAddress(window.parent, window.sessionStorage, webadmin);
    this.session = new Session(this.config, webadmin, fetch, () => this.heard());
    this.places = new Places(window, webadmin, this.config, this.notices, this.reloaded);
    this.currentVm = new CurrentVm(window.parent, webadmin, this.reloaded);
    this.hosts = new HostLookup(this.session);
    this.vmTabs = new VmTabs(this.currentVm, webadmin, fetch, this.hosts, this.places);
    this.log = new FailureLog((text) => webadmin.warn(text));
    this.signIn = new SignIn(this.session, {
      signedIn: () => this.signedIn(),
      refused: (message) => this.refused(message),
      notKept: () => this.refused(this.notices.messages.noCookie),
      unreachable: (error) => this.down(error),
    });
    this.recovery = new Recovery(window.parent.document, () => this.signIn.start());
    // A frame whose page does not arrive shows whatever a proxy says of a service that is down.
    this.frames = new FrameWatch(() => this.follow(this.session.demandService()));
  }

  register(): void {
    const origins = [this.window.location.origin, new URL(this.config.url).origin];
    this.webadmin.acceptMessages(
      [...new Set(origins)],
      this.safely((data) => this.received(data)),
    );
    this.window.parent.addEventListener(
      'hashchange',
      this.safely(() => this.moved()),
    );
    this.window.parent.addEventListener(
      'pagehide',
      this.safely(() => this.reloaded.keep(this.currentVm.vm)),
    );
    this.api.register(this.handlers());
    this.api.ready();
  }

  private handlers(): PluginHandlers {
    return {
      UiInit: this.safely(() => this.places.add(this.notices.messages)),
      UserLogin: this.safely(() => {
        this.reloaded.arrived();
        this.currentVm.arrived();
        if (this.webadmin.ssoToken()) this.signIn.start();
        this.lookAtAddress();
        this.addDashboardLate();
      }),
      RestApiSessionAcquired: this.safely((sessionId: string) => {
        this.session.useEngineSession(sessionId);
        this.signIn.start();
      }),
      UserLogout: this.safely(() => this.signOut()),
      VirtualMachineSelectionChange: this.safely((...selection: unknown[]) => {
        this.selected(selection);
        this.signIn.startAgainIfDown();
      }),
      SystemTreeSelectionChange: this.safely(() => this.webadminIsOld()),
      MessageReceived: this.safely((data: unknown) => this.received(data)),
    };
  }

  /** A handler that throws would put the plugin out of service (oVirt: PluginManager.java `invokePlugin`). */
  private safely<Arguments extends unknown[]>(handler: (...args: Arguments) => void): (...args: Arguments) => void {
    return (...args) => {
      try {
        handler(...args);
      } catch (error) {
        this.log.failure(error);
      }
    };
  }

  private moved(): void {
    this.lookAtAddress();
    this.addDashboardLate();
    this.reloaded.moved();
    if (this.currentVm.addressChanged() || this.places.hostMayHaveCome) this.follow(this.vmTabs.refresh());
    this.frames.looksAt(this.places.shownPage);
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
    this.follow(this.vmTabs.refresh());
  }

  /** Webadmin has gone to a place of its own. */
  private addDashboardLate(): void {
    if (this.webadmin.user().id !== '' && this.window.parent.location.hash !== '') this.places.addDashboard();
  }

  private webadminIsOld(): void {
    if (!this.webadmin.isOld() || !this.session.isSignedIn) return;
    this.places.showDashboard();
    this.follow(this.vmTabs.refresh());
  }

  private signedIn(): void {
    this.service = 'well';
    this.places.reload();
    this.places.showDashboard();
    this.follow(this.vmTabs.refresh());
  }

  private refused(message: string): void {
    this.service = 'refusing';
    this.recovery.stop();
    this.vmTabs.stop();
    this.places.showRefusal(message);
  }

  /** What the service answered before proves nothing any more. */
  private down(error: unknown): void {
    this.service = 'down';
    this.frames.looksAt(undefined);
    this.vmTabs.stop();
    this.hosts.forget();
    this.places.showDown();
    this.recovery.plan();
    this.log.failure(error);
  }

  /** The service has answered. */
  private heard(): void {
    this.log.recovered();
    if (this.service !== 'down') return;
    this.service = 'well';
    this.recovery.stop();
    this.places.showDashboard();
    if (!this.vmTabs.isLooking) this.follow(this.vmTabs.refresh());
  }

  private signOut(): void {
    this.service = 'unasked';
    this.recovery.stop();
    this.vmTabs.stop();
    this.currentVm.forget();
    this.hosts.forget();
    this.places.hideAll();
    this.reloaded.forget();
    this.signIn.signOut();
  }

  /** What fails on the way leaves no host in the sub-tabs; a renewed login that was refused is a refusal. */
  private follow(asked: Promise<void>): void {
    const watched = asked.then(() => this.frames.looksAt(this.places.shownPage));
    watched.catch((error: unknown) => {
      if (!this.session.isSignedIn) return;
      if (error instanceof LoginRefused) this.refused(error.message);
      else if (error instanceof ServiceDown) this.down(error);
      else this.log.failure(error);
    });
  }

  private received(data: unknown): void {
    if (!isPluginMessage(data)) return;
    if (data.type === 'arrived' || data.type === 'signed-out') this.frames.arrived();
    if (data.type === 'signed-out') this.signIn.pageSignedOut();
    if (data.type === 'retry') this.tryAgain();
  }

  /** The frame of the page that asks for it gets another one first, so that it is loaded anew whatever comes of it. */
  private tryAgain(): void {
    this.hosts.forget();
    this.places.waitForHost();
    if (this.service === 'well') this.follow(this.vmTabs.refresh());
    else this.signIn.start();
  }
}

function isPluginMessage(data: unknown): data is PluginMessage {
  return typeof data === 'object' && data !== null && 'source' in data && data.source === 'foreman-ovirt';
}
