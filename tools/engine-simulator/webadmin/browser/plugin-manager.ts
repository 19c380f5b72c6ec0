import type { PageData, PluginDefinition } from '../page-data';
import type { Personality } from '../personality';
import type { WebadminUser } from '../webadmin-engine';

export type PluginState = 'DEFINED' | 'LOADING' | 'READY' | 'INITIALIZING' | 'IN_USE' | 'FAILED';

type Handlers = Record<string, unknown>;

interface Plugin {
  definition: PluginDefinition;
  frame: HTMLIFrameElement;
  state: PluginState;
  handlers?: Handlers;
  allowedOrigins: string[];
  /** Events that came before the plugin was in use. */
  waiting: { event: string; args: unknown[] }[];
}

/** Events that only some versions fire, named in `Personality.events`. */
const versionedEvents = [
  ...['UserLogout', 'RestApiSessionAcquired', 'MessageReceived'],
  ...['SystemTreeSelectionChange', 'TagActivationChange', 'DetailItemSelectionChange'],
];

/** Events that webadmin keeps for a plugin which is not in use yet; all others are lost on it. */
const keptEvents = ['UserLogin', 'RestApiSessionAcquired'];

/**
 * Loads UI plugins and calls them, keeping to webadmin's life cycle: DEFINED → LOADING → READY → INITIALIZING → IN_USE,
 * or FAILED as soon as one of the plugin's functions throws (oVirt: PluginManager.java).
 */
export class PluginManager {
  private readonly plugins = new Map<string, Plugin>();
  private canInvoke = false;
  user: WebadminUser | undefined;

  constructor(
    private readonly window: Window,
    readonly personality: Personality,
  ) {
    window.addEventListener('message', (event) => this.deliverMessage(event));
  }

  /** Creates the plugins' hidden frames and loads those that are enabled. */
  load(definitions: PageData['pluginDefinitions']): void {
    for (const definition of definitions) {
      if (this.plugins.has(definition.name)) continue;
      const frame = this.window.document.createElement('iframe');
      frame.src = definition.url;
      frame.style.cssText = 'position:absolute;width:0;height:0;border:0';
      const plugin: Plugin = { definition, frame, state: 'DEFINED', allowedOrigins: [], waiting: [] };
      this.plugins.set(definition.name, plugin);
      if (!definition.enabled) continue;
      plugin.state = 'LOADING';
      this.window.document.body.append(frame);
    }
  }

  stateOf(name: string): PluginState | undefined {
    return this.plugins.get(name)?.state;
  }

  /** Plugins which the UI has to wait for before it shows a place (4.1 and later). */
  get preloading(): boolean {
    if (!this.personality.functions.includes('rootTag')) return false;
    return [...this.plugins.values()].some((plugin) => plugin.state === 'LOADING' && !plugin.definition.lazyLoad);
  }

  configOf(name: string): PluginDefinition['config'] {
    return this.plugins.get(name)?.definition.config ?? null;
  }

  /** Only the first handler object counts. */
  register(name: string, handlers: unknown): void {
    const plugin = this.plugins.get(name);
    if (plugin && !plugin.handlers) plugin.handlers = isObject(handlers) ? handlers : {};
  }

  setOptions(name: string, options: unknown): void {
    const plugin = this.plugins.get(name);
    const origins: unknown = isObject(options) ? options.allowedMessageOrigins : undefined;
    const list: unknown[] = Array.isArray(origins) ? origins : [origins];
    if (plugin) plugin.allowedOrigins = list.filter((origin): origin is string => typeof origin === 'string');
  }

  ready(name: string): void {
    const plugin = this.plugins.get(name);
    if (plugin?.state !== 'LOADING' || !plugin.handlers) return;
    plugin.state = 'READY';
    this.initialize(plugin);
  }

  /** Whether webadmin heeds an API call of the plugin now; others are ignored in silence. */
  heeds(name: string, apiFunction: string): boolean {
    const state = this.stateOf(name);
    if (this.personality.safeFunctions.includes(apiFunction)) return state !== 'FAILED';
    return state === 'INITIALIZING' || state === 'IN_USE';
  }

  /** From now on (login) plugins may be called. */
  enable(user: WebadminUser): void {
    this.user = user;
    this.canInvoke = true;
    setTimeout(() => this.plugins.forEach((plugin) => this.initialize(plugin)));
  }

  disable(): void {
    this.canInvoke = false;
    this.user = undefined;
    this.plugins.forEach((plugin) => (plugin.waiting = []));
  }

  /** Calls the event's function of every plugin in use; for some events the others get it once they are. */
  fire(event: string, ...args: unknown[]): void {
    if (!this.fires(event)) return;
    for (const plugin of this.plugins.values()) {
      if (this.canInvoke && plugin.state === 'IN_USE') this.invoke(plugin, event, args);
      else if (keptEvents.includes(event)) plugin.waiting.push({ event, args });
    }
  }

  /** Whether this version has the event at all. */
  fires(event: string): boolean {
    return !versionedEvents.includes(event) || this.personality.events.includes(event);
  }

  /** `<type>SelectionChange` in the form of this version. */
  fireSelection(type: string, entities: object[]): void {
    if (!this.personality.entityTypes.includes(type)) return;
    this.fire(`${type}SelectionChange`, ...this.selectionArguments(entities));
  }

  selectionArguments(entities: object[]): unknown[] {
    return this.personality.selectionAs === 'array' ? [entities] : entities;
  }

  /** @param main the entity whose sub-tab the button is in */
  buttonArguments(entities: object[], main?: object): unknown[] {
    return this.personality.selectionAs === 'array' ? [entities, main] : entities;
  }

  /**
   * Calls a function that the plugin has handed over, e.g. a button's `isEnabled`; a missing one is no fault.
   * @returns its answer, or `undefined` when there is none or it has thrown, which fails the plugin
   */
  call(name: string, target: unknown, functionName: string, args: unknown[]): unknown {
    const plugin = this.plugins.get(name);
    const called: unknown = isObject(target) ? target[functionName] : undefined;
    if (!plugin || plugin.state === 'FAILED' || typeof called !== 'function') return undefined;
    try {
      return Reflect.apply(called, target, args);
    } catch {
      plugin.state = 'FAILED';
      plugin.frame.remove();
      return undefined;
    }
  }

  private initialize(plugin: Plugin): void {
    if (!this.canInvoke) return;
    if (plugin.state === 'READY') {
      plugin.state = 'INITIALIZING';
      this.invoke(plugin, 'UiInit', []);
      if (this.stateOf(plugin.definition.name) === 'INITIALIZING') plugin.state = 'IN_USE';
    }
    if (plugin.state !== 'IN_USE') return;
    const { waiting } = plugin;
    plugin.waiting = [];
    waiting.forEach(({ event, args }) => this.invoke(plugin, event, args));
  }

  private invoke(plugin: Plugin, event: string, args: unknown[]): void {
    this.call(plugin.definition.name, plugin.handlers, event, args);
  }

  private deliverMessage(event: MessageEvent<unknown>): void {
    if (!this.canInvoke || !this.fires('MessageReceived')) return;
    for (const plugin of this.plugins.values()) {
      const allowed = plugin.allowedOrigins.some((origin) => origin === '*' || origin === event.origin);
      if (allowed && plugin.state === 'IN_USE') this.invoke(plugin, 'MessageReceived', [event.data, event.source]);
    }
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
