import type { CommonNotice, Messages } from './messages';
import type { PluginStorage } from './plugin-storage';

/** What the plugin's own page shows in place of one of the service. */
export interface Notice {
  /** One of `Messages.notices`. */
  kind: string;
  title: string;
  /** Why, and what to do; empty for `waiting`. */
  message: string;
  /** Label of what may help: a button that asks the service again, for `no-vm` the link to webadmin's list of VMs. */
  remedy: string;
  locale: string;
  /** As `Webadmin.skin`. */
  skin?: string;
}

const keyOf = (kind: string): string => `notice.${kind}`;

/**
 * Leaves the notice for `notice.html?KIND`, one of each kind: through the tab's storage, so that no link can put words
 * into our mouth.
 */
export function keepNotice(storage: Pick<PluginStorage, 'setItem'>, notice: Notice): void {
  try {
    storage.setItem(keyOf(notice.kind), JSON.stringify(notice));
  } catch {
    // A full storage costs the page webadmin's language and the service's sentence, not more.
  }
}

/** @param messages what to show where no notice of the kind was kept */
export function keptNotice<Kind extends string>(
  storage: Pick<PluginStorage, 'getItem'>,
  kind: string,
  messages: Messages<Kind>,
): Notice {
  const nothing = noticeOf(isKind(kind, messages) ? kind : 'refused', messages, { locale: 'en' });
  const kept: unknown = JSON.parse(storage.getItem(keyOf(kind)) ?? '{}');
  if (typeof kept !== 'object' || kept === null) return nothing;
  const texts = Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { ...nothing, ...Object.fromEntries(texts) };
}

function isKind<Kind extends string>(kind: string, { notices }: Messages<Kind>): kind is Kind {
  return Object.hasOwn(notices, kind);
}

/** @param reason what the service says, where it does */
export function noticeOf<Kind extends string>(
  kind: Kind | CommonNotice,
  messages: Messages<Kind>,
  { reason, ...look }: { reason?: string; locale: string; skin?: string },
): Notice {
  const [title, message] = messages.notices[kind];
  const remedy = kind === 'no-vm' ? messages.virtualMachines : messages.retry;
  return { kind, title, message: reason || message, remedy, ...look };
}
