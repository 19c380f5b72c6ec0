import type { PluginApi, PluginHandlers } from '../../../src/contracts/plugin-api';
import type { PluginMessage } from '../../../src/contracts/plugin-messages';
import { readConfig, type PluginConfig } from './config';
import { FailureLog } from './failure-log';
import { HostLookup } from './host-lookup';
import { messagesFor, type Messages } from './messages';
import { Places } from './places';
import type { PluginWindow } from './plugin-window';
import { keepRefusal } from './refusal';
import { ReloadedAddress } from './reloaded-address';
import { LoginRefused, Session } from './session';
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

  constructor(
    private readonly window: PluginWindow,
    private readonly api: PluginApi,
  ) {
    this.reloaded = new ReloadedAddress(window.parent, window.sessionStorage);
    this.config = readConfig(api.configObject(), window.location.origin);
    this.webadmin = webadminOf(window, api);
    this.session = new Session(this.config, this.webadmin, (url, init) => window.fetch(url, init));
    this.places = new Places(
      this.webadmin,
      this.config,
      new URL('refused.html', window.location.href).href,
      this.reloaded,
    );
    this.vmTabs = new VmTabs(window, this.webadmin, new HostLookup(this.session), this.places, this.reloaded);
    this.log = new FailureLog((text) => this.webadmin.warn(text));
    this.signIn = new SignIn(this.session, {
      signedIn: () => this.signedIn(),
      refused: (message) => this.refused(message),
      notKept: () => this.refused(this.messages().noCookie),
      unreachable: (error) => this.unreachable(error),
    });
  }

  register(): void {
    const origins = [this.window.location.origin, new URL(this.config.url).origin];
    this.webadmin.acceptMessages(
      [...new Set(origins)],
      this.safely((data) => this.received(data)),
    );
    this.window.parent.addEventListener(
      'hashchange',
      this.safely(() => {
        this.reloaded.moved();
        this.follow(this.vmTabs.addressChanged());
      }),
    );
    this.api.register(this.handlers());
    this.api.ready();
  }

  private handlers(): PluginHandlers {
    return {
      UiInit: this.safely(() => this.places.add(this.messages())),
      UserLogin: this.safely(() => {
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

  private signedIn(): void {
    this.log.recovered();
    this.places.reload();
    this.places.showDashboard();
    this.follow(this.vmTabs.refresh());
  }

  private refused(message: string): void {
    const { refused, retry, noReason } = this.messages();
    const refusal = { title: refused, message: message || noReason, retry, locale: this.webadmin.locale() };
    keepRefusal(this.window.sessionStorage, refusal);
    this.vmTabs.stop();
    this.places.showRefusal();
  }

  private unreachable(error: unknown): void {
    this.vmTabs.stop();
    this.places.hideAll();
    this.log.failure(error);
  }

  private signOut(): void {
    this.vmTabs.forgetSelection();
    this.places.hideAll();
    this.signIn.signOut();
  }

  /** A lookup's failure hides the sub-tabs; one whose renewed login was refused is a refusal. */
  private follow(lookup: Promise<void>): void {
    lookup.catch((error: unknown) => {
      if (error instanceof LoginRefused) this.refused(error.message);
      else this.log.failure(error);
    });
  }

  private received(data: unknown): void {
    if (!isPluginMessage(data)) return;
    if (data.type === 'retry') this.signIn.start();
    if (data.type === 'signed-out') this.signIn.pageSignedOut();
  }

  private messages(): Messages {
    return messagesFor(this.webadmin.locale());
  }
}

function isPluginMessage(data: unknown): data is PluginMessage {
  return typeof data === 'object' && data !== null && 'source' in data && data.source === 'foreman-ovirt';
}
