import type { Messages } from './messages';

const key = 'foreman-ovirt.notice';

/** What the plugin's own page shows in place of one of the service. */
export interface Notice {
  title: string;
  message: string;
  retry: string;
  locale: string;
  /** As `Webadmin.skin`. */
  skin?: string;
}

/** Leaves the notice for `notice.html`: through the tab's storage, so that no link can put words into our mouth. */
export function keepNotice(storage: Pick<Storage, 'setItem'>, notice: Notice): void {
  storage.setItem(key, JSON.stringify(notice));
}

/** @param messages what to show where no notice was kept */
export function keptNotice(storage: Pick<Storage, 'getItem'>, messages: Messages): Notice {
  const nothing = { title: messages.refused, message: messages.noReason, retry: messages.retry, locale: 'en' };
  const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}');
  if (typeof kept !== 'object' || kept === null) return nothing;
  const texts = Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { ...nothing, ...Object.fromEntries(texts) };
}
