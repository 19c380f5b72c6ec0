import type { PluginDefinition } from '../page-data';
import { logger } from './logger';

export type PluginState = 'DEFINED' | 'LOADING' | 'READY' | 'INITIALIZING' | 'IN_USE' | 'FAILED';

/** One UI plugin: its hidden frame, its state, and what it has handed over. */
export class Plugin {
  state: PluginState = 'DEFINED';
  handlers: Record<string, unknown> | undefined;
  allowedOrigins: string[] = [];
  /** Calls of its functions that came before the plugin was in use. */
  private waiting: (() => void)[] = [];
  private readonly frame: HTMLIFrameElement;

  constructor(
    readonly definition: PluginDefinition,
    private readonly document: Document,
  ) {
    this.frame = document.createElement('iframe');
    this.frame.src = definition.url;
    this.frame.style.cssText = 'position:absolute;width:0;height:0;border:0';
  }

  load(): void {
    this.state = 'LOADING';
    this.document.body.append(this.frame);
  }

  /** Calls `UiInit` once the plugin is ready, then all that has waited for it. */
  initialize(): void {
    if (this.state === 'READY') {
      this.state = 'INITIALIZING';
      this.invoke('UiInit', []);
      if (!this.hasFailed()) this.state = 'IN_USE';
    }
    if (this.state !== 'IN_USE') return;
    const { waiting } = this;
    this.waiting = [];
    waiting.forEach((call) => call());
  }

  wait(call: () => void): void {
    this.waiting.push(call);
  }

  forgetWaiting(): void {
    this.waiting = [];
  }

  /** Calls one of its event handlers. */
  invoke(event: string, args: unknown[]): void {
    this.call(this.handlers, event, args);
  }

  /**
   * Calls a function that the plugin has handed over; a missing one is no fault.
   * @returns its answer, or `undefined` when there is none or it has thrown, which fails the plugin
   */
  call(target: unknown, functionName: string, args: unknown[]): unknown {
    if (this.hasFailed()) return undefined;
    try {
      return apply(target, functionName, args);
    } catch (error) {
      const { name } = this.definition;
      const what = `event handler function [${functionName}] for plugin [${name}]`;
      logger.severe(`Exception caught while invoking ${what}: ${String(error)}`);
      this.state = 'FAILED';
      this.frame.remove();
      logger.warning(`Plugin [${name}] removed from service due to failure`);
      return undefined;
    }
  }

  /** `MessageReceived`, for a message of an origin that the plugin has named. */
  deliver(args: unknown[], origin: string): void {
    if (this.allowedOrigins.some((allowed) => allowed === '*' || allowed === origin)) {
      this.invoke('MessageReceived', args);
    } else logger.info(`Plugin [${this.definition.name}] rejected message event for origin [${origin}]`);
  }

  private hasFailed(): boolean {
    return this.state === 'FAILED';
  }
}

/** Calls a function whose fault is logged and has no other consequence. */
export function applyLogged(target: unknown, functionName: string, args: unknown[]): unknown {
  try {
    return apply(target, functionName, args);
  } catch (error) {
    logger.severe(`Error while invoking function: ${String(error)}`);
    return undefined;
  }
}

function apply(target: unknown, functionName: string, args: unknown[]): unknown {
  const called: unknown = isObject(target) ? target[functionName] : undefined;
  return typeof called === 'function' ? Reflect.apply(called, target, args) : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
