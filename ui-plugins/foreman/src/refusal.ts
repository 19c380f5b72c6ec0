import type { Messages } from './messages';

const key = 'foreman-ovirt.refusal';

/** What the plugin's own page shows after a refused login. */
export interface Refusal {
  title: string;
  message: string;
  retry: string;
  locale: string;
}

/** Leaves the refusal for `refused.html`: through the tab's storage, so that no link can put words into our mouth. */
export function keepRefusal(storage: Pick<Storage, 'setItem'>, refusal: Refusal): void {
  storage.setItem(key, JSON.stringify(refusal));
}

/** @param messages what to show where no refusal was kept */
export function keptRefusal(storage: Pick<Storage, 'getItem'>, messages: Messages): Refusal {
  const nothing = { title: messages.refused, message: messages.noReason, retry: messages.retry, locale: 'en' };
  const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}');
  if (typeof kept !== 'object' || kept === null) return nothing;
  const texts = Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { ...nothing, ...Object.fromEntries(texts) };
}
