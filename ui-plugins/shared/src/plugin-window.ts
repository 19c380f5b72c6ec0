import type { PluginApi } from '../../../src/contracts/plugin-api';
import type { SharedLogins } from './shared-login';

/** What the plugin reads of an HTTP answer. */
export type Answer = Pick<Response, 'ok' | 'status' | 'json'>;
export type Fetch = (url: string, init: RequestInit) => Promise<Answer>;

/** A window that was opened with `open`. */
export interface PopUp {
  readonly location: Pick<Location, 'href'>;
  close(): void;
}

/** The part of the browser's window that the plugin's hidden frame uses. */
export interface PluginWindow {
  readonly location: Pick<Location, 'href' | 'origin' | 'pathname'>;
  /** webadmin's own window. */
  readonly parent: {
    pluginApi?: (name: string) => PluginApi;
    foremanOvirtLogins?: SharedLogins;
    readonly location: Pick<Location, 'hash' | 'search'>;
    readonly performance: { getEntriesByType(type: string): object[] };
    readonly document: {
      readonly hidden: boolean;
      addEventListener(type: 'visibilitychange', listener: () => void): void;
    };
    addEventListener(type: 'hashchange' | 'pagehide', listener: () => void): void;
    addEventListener(
      type: 'message',
      listener: (event: { data: unknown; origin: string; source: unknown }) => void,
    ): void;
    open(url: string, target: string, features: string): PopUp | null;
  };
  readonly navigator: Pick<Navigator, 'language'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  fetch: Fetch;
}
