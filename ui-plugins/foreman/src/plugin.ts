import type { PluginApi, PluginHandlers } from '../../../src/contracts/plugin-api';
import type { PluginMessage } from '../../../src/contracts/plugin-messages';
import { showsVmBelowGrid } from './address';
import { readConfig, type PluginConfig } from './config';
import { FailureLog } from './failure-log';
import { HostLookup } from './host-lookup';
import { messagesFor, type Messages } from './messages';
import { keepNotice } from './notice';
import { Places } from './places';
import type { PluginWindow } from './plugin-window';
import { Recovery } from './recovery';
import { ReloadedAddress } from './reloaded-address';
import { LoginRefused, ServiceDown, Session } from './session';
import { SignIn } from './sign-in';
import { VmTabs } from './vm-tabs';
import { webadminOf, type Webadmin } from './webadmin';

/** The plugin's name in its descriptor, which webadmin knows it by. */
const pluginName = 'foreman';

/** Registers the plugin at the webadmin whose hidden frame this window is; does nothing outside of one. */
export function startPlugin(window: PluginWindow): void {
  const api = window.parent.pluginApi?.(pluginName);
  if (api) new ForemanPlugin(window, api).register();
}

/** Signs in with the engine session, follows the selected VM, and shows and hides the tabs accordingly. */
class ForemanPlugin {
  private readonly config: PluginConfig;
  private readonly webadmin: Webadmin;
  private readonly session: Session;
  private readonly signIn: SignIn;
  private readonly places: Places;
  private readonly vmTabs: VmTabs;
  private readonly log: FailureLog;
  private readonly reloaded: ReloadedAddress;
  private readonly recovery: Recovery;
  private isDown = false;

  constructor(
    private readonly window: PluginWindow,
    private readonly api: PluginApi,
  ) {
    const webadmin = webadminOf(window, api);
    const noticePage = new URL('notice.html', window.location.href).href;
    this.webadmin = webadmin;
    this.config = readConfig(api.configObject(), window.location.origin, (text) => webadmin.warn(text));
    this.reloaded = new ReloadedAddress(window.parent, window.sessionStorage, () => webadmin.user().id);
    this.session = new Session(
      this.config,
      webadmin,
      (url, init) => window.fetch(url, init),
      () => this.heard(),
    );
    this.places = new Places(window, webadmin, this.config, noticePage, this.reloaded);
    this.vmTabs = new VmTabs(window, webadmin, new HostLookup(this.session), this.places, this.reloaded);
    this.log = new FailureLog((text) => webadmin.warn(text));
    this.signIn = new SignIn(this.session, {
      signedIn: () => this.signedIn(),
      refused: (message) => this.refused(message),
      notKept: () => this.refused(this.messages().noCookie),
      unreachable: (error) => this.down(error),
    });
    this.recovery = new Recovery(window.parent.document, () => this.signIn.start());
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
    this.api.register(this.handlers());
    this.api.ready();
  }

  private handlers(): PluginHandlers {
    return {
      UiInit: this.safely(() => this.places.add(this.messages())),
      UserLogin: this.safely(() => {
        this.reloaded.arrived();
        if (this.webadmin.ssoToken()) this.signIn.start();
      }),
      RestApiSessionAcquired: this.safely((sessionId: string) => {
        this.session.useEngineSession(sessionId);
        this.signIn.start();
      }),
      UserLogout: this.safely(() => this.signOut()),
      VirtualMachineSelectionChange: this.safely((...selection: unknown[]) => {
        this.follow(this.vmTabs.select(selection));
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
    if (showsVmBelowGrid(this.window.parent.location.hash)) this.webadminIsOld();
    this.reloaded.moved();
    this.follow(this.vmTabs.addressChanged());
    // A frame that is opened now loads its page, and shows whatever a proxy says of a service that is down.
    if (this.places.showsService) this.follow(this.session.demandService());
  }

  private webadminIsOld(): void {
    if (!this.webadmin.isOld() || !this.session.isSignedIn) return;
    this.places.showDashboard();
    this.follow(this.vmTabs.refresh());
  }

  private signedIn(): void {
    this.places.reload();
    this.places.showDashboard();
    this.follow(this.vmTabs.refresh());
  }

  private refused(message: string): void {
    const { refused, noReason } = this.messages();
    this.isDown = false;
    this.keepNotice(refused, message || noReason);
    this.recovery.stop();
    this.vmTabs.stop();
    this.places.showRefusal();
  }

  private down(error: unknown): void {
    const { down, triedAgain } = this.messages();
    this.isDown = true;
    this.keepNotice(down, triedAgain);
    this.vmTabs.serviceDown();
    this.places.showDown();
    this.recovery.plan();
    this.log.failure(error);
  }

  /** The service has answered. */
  private heard(): void {
    this.log.recovered();
    if (!this.isDown) return;
    this.isDown = false;
    this.recovery.stop();
    this.places.showDashboard();
  }

  private signOut(): void {
    this.isDown = false;
    this.recovery.stop();
    this.vmTabs.forgetSelection();
    this.places.hideAll();
    this.reloaded.forget();
    this.signIn.signOut();
  }

  /** What fails on the way hides the sub-tabs; a renewed login that was refused is a refusal. */
  private follow(asked: Promise<void>): void {
    asked.catch((error: unknown) => {
      if (!this.session.isSignedIn) return;
      if (error instanceof LoginRefused) this.refused(error.message);
      else if (error instanceof ServiceDown) this.down(error);
      else this.log.failure(error);
    });
  }

  private received(data: unknown): void {
    if (!isPluginMessage(data)) return;
    if (data.type === 'retry') this.signIn.start();
    if (data.type === 'signed-out') this.signIn.pageSignedOut();
  }

  private keepNotice(title: string, message: string): void {
    const { retry } = this.messages();
    const { skin } = this.webadmin;
    keepNotice(this.window.sessionStorage, { title, message, retry, locale: this.webadmin.locale(), skin });
  }

  private messages(): Messages {
    return messagesFor(this.webadmin.locale());
  }
}

function isPluginMessage(data: unknown): data is PluginMessage {
  return typeof data === 'object' && data !== null && 'source' in data && data.source === 'foreman-ovirt';
}
