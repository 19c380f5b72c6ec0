import { drawView } from '../../../tools/engine-simulator/webadmin/browser/view';
import { Webadmin } from '../../../tools/engine-simulator/webadmin/browser/webadmin';
import type { PageData, PluginDefinition } from '../../../tools/engine-simulator/webadmin/page-data';
import { personalityOf, type WebadminVersion } from '../../../tools/engine-simulator/webadmin/personality';
import type { WebadminVm } from '../../../tools/engine-simulator/webadmin/webadmin-engine';
import { addRegions } from './page-regions';
import { settle, user } from './plugin-host';

export type Api = Record<string, ((...args: unknown[]) => unknown) | undefined>;

/** A VM `vm<n>` with the id `id<n>`. */
export const vm = (n: number): WebadminVm => ({ id: `id${n}`, name: `vm${n}`, status: 'Up', ipaddress: '192.0.2.1' });

export const definitionOf = (name: string): PluginDefinition => ({
  ...{ name, url: 'about:blank', config: { a: 1 }, enabled: true, lazyLoad: true },
});

/** The API that webadmin gives a plugin. */
export const apiOf = (plugin: string): Api => (window.pluginApi?.(plugin) ?? {}) as unknown as Api;

interface Loaded {
  webadmin: Webadmin;
  /** Of the plugin `p`. */
  api: Api;
}

/** Webadmin's page loaded and drawn, with the plugin `p`; nobody is known to it yet. */
export function load(
  version: WebadminVersion,
  more: Partial<PluginDefinition> = {},
  data: Partial<PageData> = {},
): Loaded {
  const page: PageData = {
    personality: personalityOf(version),
    pluginDefinitions: [{ ...definitionOf('p'), ...more }],
    vms: [vm(1), vm(2), vm(3)],
    locale: 'en_US',
    ...data,
  };
  addRegions();
  const webadmin = new Webadmin(window, page);
  drawView(webadmin, page, () => webadmin.leave());
  webadmin.start();
  return { webadmin, api: apiOf('p') };
}

/** The same with the plugin in use and somebody signed in. */
export async function inUse(
  version: WebadminVersion,
  handlers: object = {},
  data: Partial<PageData> = {},
): Promise<Loaded> {
  const loaded = load(version, {}, data);
  loaded.api.register?.(handlers);
  loaded.api.ready?.();
  loaded.webadmin.enter(user);
  await settle();
  return loaded;
}

/** A tab or menu item of the place, as far as it is in view. */
export const tab = (token: string): HTMLElement | null => document.querySelector(`[data-place=${token}]`);
export const frameOf = (token: string): HTMLIFrameElement | null => document.querySelector(`iframe[name=${token}]`);

/** What webadmin writes to the console in each test, which does not reach the terminal. */
export function useConsole(): string[] {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    for (const method of ['info', 'warn', 'error'] as const) {
      jest.spyOn(console, method).mockImplementation((text: unknown) => void lines.push(String(text)));
    }
  });
  return lines;
}
