import type { PluginMessage } from '../../../src/contracts/plugin-messages';
import { FrameWatch } from './frame-watch';
import { commonMessages } from './messages';
import type { PluginWindow } from './plugin-window';
import { Recovery } from './recovery';
import type { ServiceAddress } from './service-address';
import { LoginRefused, ServiceDown, Session } from './session';
import { SharedLogin } from './shared-login';
import { SignIn } from './sign-in';
import type { Webadmin } from './webadmin';

/** What a plugin does when its service changes, or the person's sign-in there. */
export interface ServiceUser {
  /** For the first time or anew: pages in view may have lost the session. */
  signedIn(): void;
  /** @param reason the service's own sentence, empty where it gave none */
  refused(reason: string): void;
  /** It does not answer: what it answered before proves nothing any more. */
  down(): void;
  /** It answers again, and the sign-in is still good. */
  back(): void;
  /** The person wants another try; its page is to be loaded anew whatever comes of it. */
  retried(): void;
  /** The page of the service that the person looks at. */
  readonly shownPage: string | undefined;
}

/** Signs in at the service with the engine session, and again where that is lost, and notices when it does not answer. */
export class ServiceConnection {
  readonly session: Session;
  private readonly signIn: SignIn;
  private readonly recovery: Recovery;
  private readonly frames: FrameWatch;
  /** How the service was when it was last asked. */
  private service: 'unasked' | 'well' | 'refusing' | 'down' = 'unasked';

  constructor(
    window: PluginWindow,
    private readonly webadmin: Webadmin,
    address: ServiceAddress,
    private readonly user: ServiceUser,
  ) {
    const shared = new SharedLogin(window.parent, `${address.loginUrl} ${address.userNamePrefix}`);
    this.session = new Session(
      address,
      webadmin,
      shared,
      (url, init) => window.fetch(url, init),
      () => this.heard(),
    );
    this.signIn = new SignIn(this.session, {
      signedIn: () => this.signedIn(),
      refused: (reason) => this.refused(reason),
      notKept: () => this.refused(commonMessages(webadmin.locale()).noCookie),
      unreachable: (error) => this.down(error),
    });
    this.recovery = new Recovery(window.parent.document, () => this.signIn.start());
    // A frame whose page does not arrive shows whatever a proxy says of a service that is down.
    this.frames = new FrameWatch(() => this.follow(this.session.demandService()));
  }

  get isWell(): boolean {
    return this.service === 'well';
  }

  /** With the engine session that webadmin's functions tell, or with this one of a 3.x webadmin's event. */
  start(engineSession?: string): void {
    if (engineSession !== undefined) this.session.useEngineSession(engineSession);
    this.signIn.start();
  }

  /** Another try when the service could not be reached at the last one. */
  startAgainIfDown(): void {
    this.signIn.startAgainIfDown();
  }

  /** The person may look at another page now. */
  looked(): void {
    this.frames.looksAt(this.user.shownPage);
  }

  /** Waits for what the service was asked: a renewed login that was refused is a refusal, no answer a service that is down. */
  follow(asked: Promise<void>): void {
    const watched = asked.then(() => this.looked());
    watched.catch((error: unknown) => {
      if (!this.session.isSignedIn) return;
      if (error instanceof LoginRefused) this.refused(error.message);
      else if (error instanceof ServiceDown) this.down(error);
      else this.webadmin.log.failure(error);
    });
  }

  /** @param data a message of a page, maybe of no page of ours */
  received(data: unknown): void {
    if (!isPluginMessage(data)) return;
    if (data.type === 'arrived' || data.type === 'signed-out') this.frames.arrived();
    if (data.type === 'signed-out') this.signIn.pageSignedOut();
    if (data.type === 'retry') this.retry();
  }

  signOut(): void {
    this.service = 'unasked';
    this.recovery.stop();
    this.signIn.signOut();
  }

  private retry(): void {
    this.user.retried();
    if (!this.isWell) this.signIn.start();
  }

  private signedIn(): void {
    this.service = 'well';
    this.user.signedIn();
  }

  private refused(reason: string): void {
    this.service = 'refusing';
    this.recovery.stop();
    this.user.refused(reason);
  }

  private down(error: unknown): void {
    this.service = 'down';
    this.frames.looksAt(undefined);
    this.user.down();
    this.recovery.plan();
    this.webadmin.log.failure(error);
  }

  private heard(): void {
    this.webadmin.log.recovered();
    if (this.service !== 'down') return;
    this.service = 'well';
    this.recovery.stop();
    this.user.back();
  }
}

function isPluginMessage(data: unknown): data is PluginMessage {
  return typeof data === 'object' && data !== null && 'source' in data && data.source === 'foreman-ovirt';
}
