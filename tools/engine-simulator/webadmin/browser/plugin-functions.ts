import { isObject } from './plugin';
import type { PluginManager } from './plugin-manager';
import { logger } from './logger';
import { listOf } from './entity-list';
import type { Navigation } from './navigation';
import type { Notice, Place, Ui } from './ui';

type ApiFunction = (...args: never[]) => unknown;
type Options = Record<string, unknown> | undefined;

/** What the API functions need of the page around them. */
export interface FunctionContext {
  plugin: string;
  manager: PluginManager;
  ui: Ui;
  window: Window;
  locale: string;
  navigation: Navigation;
  /** Goes to the place with this token, for which parameters are part of its name. */
  reveal(token: string): void;
  search(text: string): void;
}

/**
 * The API object that `pluginApi(name)` gives a plugin: the functions of this version, which do nothing as long as the
 * plugin may not call them (oVirt: PluginManager.java `exposePluginApi`).
 */
export function pluginApi(context: FunctionContext): Record<string, ApiFunction> {
  const { plugin, manager } = context;
  const all = { ...lifeCycle(context), ...places(context), ...actions(context), ...session(context) };
  const existing = Object.entries(all).filter(([name]) => manager.personality.functions.includes(name));
  return Object.fromEntries(
    existing.map(([name, run]) => [
      name,
      (...args: never[]): unknown => (manager.heeds(plugin, name) ? run(...args) : undefined),
    ]),
  );
}

function lifeCycle({ plugin, manager }: FunctionContext): Record<string, ApiFunction> {
  return {
    register: (handlers: unknown) => manager.register(plugin, handlers),
    options: (options: unknown) => manager.setOptions(plugin, options),
    ready: () => manager.ready(plugin),
    configObject: () => manager.configOf(plugin),
  };
}

const numberIn = (options: Options, key: string): number | undefined =>
  typeof options?.[key] === 'number' ? options[key] : undefined;
const textIn = (options: Options, key: string): string | undefined =>
  typeof options?.[key] === 'string' ? options[key] : undefined;

function places(context: FunctionContext): Record<string, ApiFunction> {
  const { manager, ui, navigation } = context;
  const { layout } = manager.personality;
  const add = (place: Pick<Place, 'kind' | 'label' | 'token'> & Partial<Place>, url: string, options: Options) => {
    const priority = numberIn(options, 'priority') ?? Number.MAX_VALUE;
    ui.add({ accessible: true, ...place, priority, icon: textIn(options, 'icon'), frame: { url, loads: 1 } });
    // From 4.2 on, whatever the option `defaultPlace` says (oVirt: PluginUiFunctions.java `addContentView`).
    if (place.kind === 'main' && layout === '4') ui.defaultPlace = place.token;
  };
  const addMain = (label: string, token: string, url: string, options?: Options) =>
    add({ kind: 'main', label, token }, url, options);
  const addDetail = (entityType: string, label: string, token: string, url: string, options?: Options) => {
    const known = manager.personality.entityTypes.includes(entityType);
    if (known) add({ kind: 'detail', label, token, entityType }, url, options);
  };
  // Changes of existing places happen when the event loop comes round.
  const setUrl = (token: string, url: string) => void setTimeout(() => ui.setUrl(token, url));
  const setAccessible = (token: string, accessible: boolean) =>
    void setTimeout(() => {
      const place = ui.place(token);
      // From 4.2 on the function is one of sub-tabs alone.
      if (!place || (layout === '4' && place.kind === 'main')) return;
      place.accessible = accessible;
      if (!accessible) navigation.leave(token);
      ui.changed();
    });
  return {
    addMainTab: addMain,
    addSubTab: addDetail,
    setTabContentUrl: setUrl,
    setTabAccessible: setAccessible,
    addPrimaryMenuPlace: addMain,
    addPrimaryMenuContainer: (label: string, id: string) => void ui.menus.push({ id, label }),
    addSecondaryMenuPlace: (menuId: string, label: string, token: string, url: string, options?: Options) =>
      add({ kind: 'main', label, token, menuId }, url, options),
    addDetailPlace: addDetail,
    setPlaceContentUrl: setUrl,
    setPlaceAccessible: setAccessible,
    setPlaceUnloadHandler: (token: string, unload: () => void) => {
      const frame = ui.place(token)?.frame;
      if (frame) frame.unload = unload;
    },
    setSearchString: (text: string) => void setTimeout(() => context.search(text)),
  };
}

function actions(context: FunctionContext): Record<string, ApiFunction> {
  const { plugin, ui, manager, window } = context;
  // ActionButtonInterface.java knows them from 4.3 on.
  const knowsIndex = manager.personality.functions.includes('addMenuPlaceActionButton');
  const addTo = (place: string | undefined, label: string, functions: unknown) => {
    if (!place) return;
    const options = knowsIndex && isObject(functions) ? functions : {};
    const index = numberIn(options, 'index') ?? Number.MAX_SAFE_INTEGER;
    const button = { plugin, place, label, functions, index, more: options.moreMenu === true };
    ui.buttons = [...ui.buttons, button].sort((a, b) => a.index - b.index);
    ui.changed();
  };
  const addButton = (entityType: string, label: string, functions: unknown) =>
    addTo(entityType === 'VirtualMachine' ? 'vms' : listOf(entityType), label, functions);
  const addDetailButton = (mainType: string, subType: string, label: string, functions: unknown) =>
    addTo(mainType === 'VirtualMachine' ? detailTokens[subType] : undefined, label, functions);
  const showDialog = (...given: [string, string, string, string, string, Options?]) => {
    const [title, token, url, width, height, options = {}] = given;
    const buttons = (Array.isArray(options.buttons) ? options.buttons : []).filter(isObject);
    ui.dialogs.push({
      ...{ plugin, title, token, url, width, height },
      buttons: buttons.map((button) => ({ label: textIn(button, 'label') ?? '', functions: button })),
      closeIconVisible: options.closeIconVisible !== false,
      closeOnEscKey: options.closeOnEscKey !== false,
    });
    ui.changed();
  };
  const notify = (kind: Notice['kind'], type: string, text: string, hideAfterMs: number) =>
    void setTimeout(() => {
      const known = ['info', 'success', 'warning', 'danger'].includes(type) ? type : 'info';
      ui.notices.push({ kind, type: known, text, hideAfterMs });
      ui.changed();
    });
  return {
    addMainTabActionButton: addButton,
    addMenuPlaceActionButton: addButton,
    addSubTabActionButton: addDetailButton,
    addDetailPlaceActionButton: addDetailButton,
    showDialog:
      manager.personality.version === '3.2'
        ? (title: string, url: string, width: number, height: number) =>
            void window.open(url, title, `width=${width},height=${height}`)
        : showDialog,
    setDialogContentUrl: (token: string, url: string) =>
      void setTimeout(() => {
        for (const dialog of ui.dialogs) if (dialog.token === token) dialog.url = url;
        ui.changed();
      }),
    closeDialog: (token: string) =>
      void setTimeout(() => {
        ui.dialogs = ui.dialogs.filter((dialog) => dialog.token !== token);
        ui.changed();
      }),
    showAlert: (type: string, text: string, options?: Options) =>
      notify('alert', type, text, numberIn(options, 'autoHideMs') ?? 0),
    showToast: (type: string, text: string) => notify('toast', type, text, 8000),
    revealPlace: (token: string) => void setTimeout(() => context.reveal(token)),
    reportFatalError: (text: string) => notify('alert', 'danger', text, 0),
  };
}

const detailTokens: Record<string, string> = {
  NetworkInterface: 'vms-network_interfaces',
  Disk: 'vms-disks',
  VirtualMachineSnapshot: 'vms-snapshots',
  Permission: 'vms-permissions',
  Event: 'vms-events',
};

function session({ manager, navigation, window, locale }: FunctionContext): Record<string, ApiFunction> {
  return {
    loginUserName: () => manager.knownUser()?.userName,
    loginUserId: () => manager.knownUser()?.userId,
    ssoToken: () => manager.user?.credential ?? manager.credential,
    engineBaseUrl: () => `${window.location.origin}/ovirt-engine/`,
    currentLocale: () => locale.replace('_', '-'),
    currentPlace: () => (manager.user ? navigation.currentPlace : undefined),
    rootTag: () => manager.knownUser() && { name: 'root', description: 'root', selected: false, children: [] },
    logger: () => logger,
  };
}
