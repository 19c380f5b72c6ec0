import type { PluginApi, PluginHandlers } from '../../../src/contracts/plugin-api';
import type { FailureLog } from './failure-log';
import type { PluginWindow } from './plugin-window';

/** What pages tell the plugin with `postMessage`. */
export interface PageMessages {
  /** Those of other origins do not reach it. */
  readonly origins: readonly string[];
  readonly received: (data: unknown) => void;
}

export function guardedHandlers(handlers: PluginHandlers, log: FailureLog): PluginHandlers {
  const all = Object.entries(handlers) as [string, (...args: unknown[]) => void][];
  return Object.fromEntries(all.map(([event, run]) => [event, log.guarded(run)]));
}

/** Webadmin 3.2 has no event for messages: there the listener is put on its window directly. */
export function messageHandler(
  parent: PluginWindow['parent'],
  api: PluginApi,
  { origins, received }: PageMessages,
  log: FailureLog,
): Pick<PluginHandlers, 'MessageReceived'> {
  const guarded = log.guarded(received);
  if (api.options) {
    api.options({ allowedMessageOrigins: [...origins] });
    return { MessageReceived: guarded };
  }
  parent.addEventListener('message', ({ data, origin }) => void (origins.includes(origin) && guarded(data)));
  return {};
}
