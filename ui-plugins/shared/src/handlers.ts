import type { PluginApi, PluginHandlers } from '../../../src/contracts/plugin-api';
import type { FailureLog } from './failure-log';
import type { PluginWindow } from './plugin-window';

/** What a page has told the plugin with `postMessage`. */
export interface PageMessage {
  readonly data: unknown;
  /** @param origin that the page still has to have: webadmin does not tell which of those that may post it was */
  readonly reply: (data: unknown, origin: string) => void;
}

export interface PageMessages {
  /** Pages of others do not reach the plugin. */
  readonly origins: readonly string[];
  readonly received: (message: PageMessage) => void;
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
  const receive = log.guarded((data: unknown, source: unknown) => received(messageOf(data, source)));
  if (api.options) {
    api.options({ allowedMessageOrigins: [...origins] });
    // From 4.2 on `null` is left out, and the page's window comes first (oVirt: JsArrayHelper.java).
    return { MessageReceived: (...given: unknown[]) => receive(given.length > 1 ? given[0] : null, given.at(-1)) };
  }
  parent.addEventListener('message', ({ data, origin, source }) => {
    if (origins.includes(origin)) receive(data, source);
  });
  return {};
}

function messageOf(data: unknown, source: unknown): PageMessage {
  const page = source as Pick<Window, 'postMessage'> | null | undefined;
  return { data, reply: (answer, origin) => page?.postMessage(answer, origin) };
}
