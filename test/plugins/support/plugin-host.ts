import type { PluginApi } from '../../../src/contracts/plugin-api';
import { drawView } from '../../../tools/engine-simulator/webadmin/browser/view';
import { Webadmin } from '../../../tools/engine-simulator/webadmin/browser/webadmin';
import type { PageData } from '../../../tools/engine-simulator/webadmin/page-data';
import { personalityOf, type WebadminVersion } from '../../../tools/engine-simulator/webadmin/personality';
import type { WebadminUser, WebadminVm } from '../../../tools/engine-simulator/webadmin/webadmin-engine';
import manifest from '../../../ui-plugins/foreman/plugin.json';
import { startForeman } from '../../../ui-plugins/foreman/src/plugin';
import type { PluginWindow } from '../../../ui-plugins/shared/src/plugin-window';
import { startPlugin, type PluginFrame } from '../../../ui-plugins/shared/src/start-plugin';
import { addRegions } from './page-regions';
import { StubService } from './stub-service';

export const user: WebadminUser = {
  userName: 'admin@internal-authz',
  userId: '58ad9d2d-013a-00aa-018f-00000000022e',
  credential: 'token-1',
};

/** A plugin and its script. */
interface HostedPlugin {
  manifest: { name: string; title: string };
  start: (frame: PluginFrame) => void;
}

export interface HostOptions {
  config?: Record<string, unknown>;
  /** Plugins beside Foreman's, loaded before it. */
  beside?: HostedPlugin[];
  /** Whether webadmin's page is drawn, too. */
  drawn?: boolean;
  locale?: string;
  vms?: WebadminVm[];
  /** The address webadmin is loaded with. */
  address?: string;
  /** The browser reloaded webadmin's page, rather than opened it. */
  reloaded?: boolean;
  /** What the browser says the address's part after the path was when the page was loaded. */
  loadedWith?: string;
}

declare global {
  interface Window {
    pluginApi?: (name: string) => PluginApi;
  }
}

/** The stand-in's webadmin of a version, our plugin in it, and the service it talks to. */
export class PluginHost {
  readonly service = new StubService();
  readonly webadmin: Webadmin;
  private readonly plugins: HostedPlugin[];

  constructor(version: WebadminVersion, options: HostOptions = {}) {
    this.plugins = [...(options.beside ?? []), { manifest, start: startForeman }];
    // jsdom has no navigation timing.
    const name = options.loadedWith === undefined ? '' : `${window.location.origin}/WebAdmin.html${options.loadedWith}`;
    const navigation = [{ type: options.reloaded ? 'reload' : 'navigate', name }];
    Object.assign(window.performance, { getEntriesByType: () => navigation });
    window.history.replaceState(null, '', `#${(options.address ?? '').replace('#', '')}`); // no hashchange, as at a load
    const page: PageData = {
      personality: personalityOf(version),
      pluginDefinitions: this.plugins.map(({ manifest: { name } }) => ({
        ...{ name, url: 'about:blank', config: options.config ?? null, enabled: true, lazyLoad: true },
      })),
      vms: options.vms ?? [],
      locale: options.locale ?? 'en_US',
    };
    this.webadmin = new Webadmin(window, page);
    if (options.drawn) {
      addRegions();
      drawView(this.webadmin, page, () => undefined);
    }
    if (version >= '4.2') this.webadmin.plugins.credential = user.credential;
    this.webadmin.start();
  }

  /** The plugins' pages are loaded. */
  loadPlugin(): void {
    const { context } = this.webadmin.plugins.personality;
    for (const plugin of this.plugins) {
      const pluginWindow: PluginWindow = {
        location: new URL(`${context}/plugin/${plugin.manifest.name}/start.html`, window.location.href),
        parent: window,
        navigator: { language: 'en' },
        sessionStorage: window.sessionStorage,
        fetch: this.service.fetch,
      };
      startPlugin(pluginWindow, plugin.manifest, plugin.start);
    }
  }

  /** Plugin loaded, user signed in at webadmin, everything settled. */
  async signIn(who = user): Promise<this> {
    this.loadPlugin();
    this.webadmin.enter(who);
    await settle();
    return this;
  }

  async select(...vms: { id: string; name: string }[]): Promise<void> {
    this.webadmin.select(vms.map((vm) => ({ status: 'Up', ...vm })));
    await settle();
  }

  /** What a tab shows, `notice: KIND` for the plugin's own page; `undefined` while it is hidden. */
  shows(token: 'foreman-dashboard' | 'foreman-details' | 'foreman-graphs'): string | undefined {
    const place = this.webadmin.ui.place(token);
    const url = place?.frame?.url.replace(window.location.origin, '').replace(/^.*\/notice\.html\?/, 'notice: ');
    return place?.accessible ? url : undefined;
  }

  get details(): string | undefined {
    return this.shows('foreman-details');
  }

  /** How often the tab's page was loaded. */
  loads(token: 'foreman-dashboard' | 'foreman-details'): number {
    return this.webadmin.ui.place(token)?.frame?.loads ?? 0;
  }

  get dashboard(): string | undefined {
    return this.shows('foreman-dashboard');
  }

  /** @param source the window of the page that posts */
  async post(data: unknown, origin = window.location.origin, source: Window | null = null): Promise<void> {
    window.dispatchEvent(new MessageEvent('message', { data, origin, source }));
    await settle();
  }
}

/** Whether this webadmin hides a tab that a plugin makes inaccessible. */
export const hides = (version: WebadminVersion): boolean => personalityOf(version).inaccessible === 'hidden';

/** The texts that the plugin's own page of this kind has. */
export const notice = (kind: string): string =>
  window.sessionStorage.getItem(`foreman-ovirt.foreman.notice.${kind}`) ?? '';

/** Lets answers arrive and webadmin's deferred calls happen. */
export async function settle(): Promise<void> {
  await jest.advanceTimersByTimeAsync(100);
}

/** Fake timers, and an empty page without listeners for each test: two webadmins would fight for the address. */
export function useCleanHosts(): void {
  const added: Parameters<typeof window.addEventListener>[] = [];
  beforeEach(() => {
    jest.useFakeTimers();
    const listen = window.addEventListener.bind(window);
    jest.spyOn(window, 'addEventListener').mockImplementation((...args: Parameters<typeof listen>) => {
      added.push(args);
      listen(...args);
    });
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    added.splice(0).forEach(([type, listener]) => window.removeEventListener(type, listener));
    document.body.replaceChildren();
    window.sessionStorage.clear();
    Object.assign(window, { foremanOvirtLogins: undefined });
    window.location.hash = '';
  });
}
