import type { PageData, PluginDefinition } from '../page-data';
import type { Personality } from '../personality';
import type { WebadminUser } from '../webadmin-engine';
import { applyLogged, isObject, Plugin, type PluginState } from './plugin';

/** Events that only some versions fire, named in `Personality.events`. */
const versionedEvents = [
  ...['UserLogout', 'RestApiSessionAcquired', 'MessageReceived'],
  ...['SystemTreeSelectionChange', 'TagActivationChange', 'DetailItemSelectionChange'],
];

/** Events that webadmin keeps for a plugin which is not in use yet; all others but messages are lost on it. */
const keptEvents = ['UserLogin', 'RestApiSessionAcquired'];

/**
 * Loads UI plugins and calls them, keeping to webadmin's life cycle: DEFINED → LOADING → READY → INITIALIZING → IN_USE,
 * or FAILED as soon as one of the plugin's functions throws (oVirt: PluginManager.java).
 */
export class PluginManager {
  private readonly plugins = new Map<string, Plugin>();
  private canInvoke: boolean;
  /** Missing until webadmin knows who is signed in. */
  user: WebadminUser | undefined;
  /** The SSO token, which the page brings with it before the user is known. */
  credential: string | undefined;

  constructor(
    private readonly window: Window,
    readonly personality: Personality,
  ) {
    this.canInvoke = personality.initializes === 'when ready';
    window.addEventListener('message', (event) => this.deliverMessage(event));
  }

  /** Creates the plugins' hidden frames and loads those that are enabled. */
  load(definitions: PageData['pluginDefinitions']): void {
    for (const definition of definitions) {
      if (this.plugins.has(definition.name)) continue;
      const plugin = new Plugin(definition, this.window.document);
      this.plugins.set(definition.name, plugin);
      if (definition.enabled) plugin.load();
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

  /** @throws {TypeError} before webadmin knows its user, from 4.2 on */
  knownUser(): WebadminUser | undefined {
    if (this.user || this.personality.initializes === 'after login') return this.user;
    throw new TypeError("Cannot read properties of undefined (reading 'getLoginName')");
  }

  /** From now on (login) plugins may be called. */
  enable(user: WebadminUser): void {
    this.user = user;
    this.credential = user.credential;
    this.canInvoke = true;
    setTimeout(() => this.plugins.forEach((plugin) => this.initialize(plugin)));
  }

  disable(): void {
    this.canInvoke = false;
    this.user = undefined;
    this.plugins.forEach((plugin) => plugin.forgetWaiting());
  }

  /** Calls the event's function of every plugin in use; for some events the others get it once they are. */
  fire(event: string, ...args: unknown[]): void {
    if (!this.fires(event)) return;
    for (const plugin of this.plugins.values()) {
      if (this.canInvoke && plugin.state === 'IN_USE') plugin.invoke(event, args);
      else if (keptEvents.includes(event)) plugin.wait(() => plugin.invoke(event, args));
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

  /** @param main the entity whose sub-tab the button is in; one without id in a list */
  buttonArguments(entities: object[], main: object = { id: '' }): unknown[] {
    return this.personality.selectionAs === 'array' ? [entities, main] : entities;
  }

  /**
   * Calls a function of a plugin's button.
   * @returns its answer; one that throws ends the plugin up to 4.1, later it is logged and nothing comes of it
   */
  callButton(name: string, target: unknown, functionName: string, args: unknown[]): unknown {
    if (this.personality.throwingButton === 'logged') return applyLogged(target, functionName, args);
    return this.plugins.get(name)?.call(target, functionName, args);
  }

  private initialize(plugin: Plugin): void {
    if (this.canInvoke) plugin.initialize();
  }

  /** Up to 4.1 a message is lost on a plugin that is not in use yet; later it is kept for it. */
  private deliverMessage({ data, origin, source }: MessageEvent<unknown>): void {
    if (!this.canInvoke || !this.fires('MessageReceived')) return;
    const keeps = this.personality.initializes === 'when ready';
    // JsArrayHelper.java leaves null out, so that the window comes first.
    const args = keeps && (data === null || data === undefined) ? [source] : [data, source];
    for (const plugin of this.plugins.values()) {
      if (plugin.state === 'IN_USE') plugin.deliver(args, origin);
      else if (keeps) plugin.wait(() => plugin.deliver(args, origin));
    }
  }
}
