import type { CommonNotice, Messages } from './messages';
import { keepNotice, noticeOf } from './notice';
import type { PluginStorage } from './plugin-storage';
import type { PluginWindow } from './plugin-window';
import type { Webadmin } from './webadmin';

/** The plugin's own pages, in webadmin's language and skin. `Kind` names those that it has beside those of every plugin. */
export class Notices<Kind extends string = never> {
  private readonly page: string;

  constructor(
    { location }: Pick<PluginWindow, 'location'>,
    private readonly storage: PluginStorage,
    private readonly webadmin: Pick<Webadmin, 'locale' | 'skin'>,
    private readonly messagesFor: (locale: string) => Messages<Kind>,
  ) {
    this.page = new URL('notice.html', location.href).href;
  }

  /** @param reason the service's own sentence, where it gave one @returns the URL of the page, whose texts are kept for it */
  url(kind: Kind | CommonNotice, reason?: string): string {
    const look = { locale: this.webadmin.locale(), skin: this.webadmin.skin };
    keepNotice(this.storage, noticeOf(kind, this.messagesFor(look.locale), { reason, ...look }));
    return `${this.page}?${kind}`;
  }
}
