import type { PluginApi, PluginHandlers } from '../../../src/contracts/plugin-api';
import { addActionButton, type ActionButton } from './action-buttons';
import { Dialogs } from './dialogs';
import { FailureLog } from './failure-log';
import { guardedHandlers, messageHandler, type PageMessages } from './handlers';
import type { PluginWindow } from './plugin-window';

/** One face for the plugin APIs of webadmin 3.2 to 4.5, told apart by the functions they have. */
export interface Webadmin {
  /**
   * Registers what the plugin does at webadmin's events and at messages, and says that it is ready. A handler that throws
   * would put the plugin out of service (oVirt: PluginManager.java `invokePlugin`), so its fault is logged instead.
   */
  register(handlers: Omit<PluginHandlers, 'MessageReceived'>, messages: PageMessages): void;
  /** @param icon CSS class of the menu item, from 4.3 on */
  addMainPlace(label: string, token: string, url: string, icon: string): void;
  addVmPlace(label: string, token: string, url: string): void;
  /** @param entityType `VirtualMachine`, `Template`, … */
  addActionButton(entityType: string, button: ActionButton): void;
  readonly dialogs: Dialogs;
  setUrl(token: string, url: string): void;
  setAccessible(token: string, accessible: boolean): void;
  /** Who is signed in; empty texts before webadmin knows. */
  user(): { name: string; id: string };
  /** The SSO token; `undefined` before 4.0, where `RestApiSessionAcquired` brings a session instead. */
  ssoToken(): string | undefined;
  engineBaseUrl(): string;
  /** `de-DE`, `pt_BR`, … */
  locale(): string;
  /** The skin our pages need to look native, `undefined` for that of webadmin 4.2 and later. */
  readonly skin: '3.x' | undefined;
  /**
   * Whether webadmin takes a tab out of view on `setAccessible(token, false)`. From 4.2 on it leaves it there, and throws
   * who opens it, or looks at it, to its start page (oVirt: DetailTabLayout.java, DynamicTabPresenter.java).
   */
  readonly hidesTabs: boolean;
  /**
   * Webadmin has shown that it is older than 4.2. Up to 4.0, and from 4.3 on, its functions tell; 4.1 and 4.2 have the
   * same ones, so 4.1 is known only when it fires an event of its system tree, or shows a VM below its grid.
   * @returns whether that changes the skin
   */
  isOld(): boolean;
  /** To the browser's log, in the plugin's name. */
  warn(text: string): void;
  /** The plugin's failures, as its log tells of them. */
  readonly log: FailureLog;
}

/** Later than webadmin's own places. */
const priority = 100;

/** @param title what people call the plugin */
export function webadminOf(window: PluginWindow, api: PluginApi, title: string): Webadmin {
  const { location, parent, navigator } = window;
  const warn = (text: string): void => warnWith(api, `${title} plugin: ${text}`);
  const log = new FailureLog(warn);
  let skin: Webadmin['skin'] = api.ssoToken && api.rootTag ? undefined : '3.x';
  return {
    ...{ warn, log, dialogs: new Dialogs(api, parent, log) },
    register: (handlers, messages) => {
      api.register({ ...guardedHandlers(handlers, log), ...messageHandler(parent, api, messages, log) });
      api.ready();
    },
    addMainPlace: (label, token, url, icon) =>
      api.addPrimaryMenuPlace
        ? api.addPrimaryMenuPlace(label, token, url, { priority, icon })
        : api.addMainTab?.(label, token, url, { priority }),
    addVmPlace: (label, token, url) =>
      api.addDetailPlace
        ? api.addDetailPlace('VirtualMachine', label, token, url)
        : api.addSubTab?.('VirtualMachine', label, token, url),
    addActionButton: (entityType, button) => addActionButton(api, log, entityType, button),
    setUrl: (token, url) =>
      api.setPlaceContentUrl ? api.setPlaceContentUrl(token, url) : api.setTabContentUrl?.(token, url),
    setAccessible: (token, accessible) =>
      api.setPlaceAccessible ? api.setPlaceAccessible(token, accessible) : api.setTabAccessible?.(token, accessible),
    user: () => ({ name: asked(() => api.loginUserName()) ?? '', id: asked(() => api.loginUserId()) ?? '' }),
    ssoToken: () => asked(() => api.ssoToken?.()),
    engineBaseUrl: () => asked(() => api.engineBaseUrl?.()) ?? baseUrlFrom(location),
    locale: () =>
      asked(() => api.currentLocale?.()) ??
      new URLSearchParams(parent.location.search).get('locale') ??
      navigator.language,
    get skin() {
      return skin;
    },
    get hidesTabs() {
      return skin === '3.x';
    },
    isOld: () => {
      if (skin !== undefined || api.addDetailPlace) return false;
      skin = '3.x';
      return true;
    },
  };
}

function warnWith(api: PluginApi, text: string): void {
  const logger = asked(() => api.logger?.());
  if (logger) return logger.warning(text);
  // eslint-disable-next-line no-console -- engines before 4.4.7 give plugins no logger, later ones none so early
  console.warn(text);
}

/** What the API says, `undefined` where it throws: 4.5 does so until it knows the user (recorded there). */
function asked<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch {
    return undefined;
  }
}

/** 3.2 and 3.3 serve webadmin at `/webadmin`, later ones at `/ovirt-engine/webadmin`. */
function baseUrlFrom(location: Pick<Location, 'origin' | 'pathname'>): string {
  return location.pathname.startsWith('/ovirt-engine/') ? `${location.origin}/ovirt-engine/` : `${location.origin}/`;
}
