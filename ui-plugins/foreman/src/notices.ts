import { messagesFor, type Messages } from './messages';
import { keepNotice, noticeOf, type NoticeKind } from './notice';
import type { PluginWindow } from './plugin-window';
import type { Webadmin } from './webadmin';

/** The plugin's own pages, in webadmin's language and skin. */
export class Notices {
  private readonly page: string;

  constructor(
    { location }: Pick<PluginWindow, 'location'>,
    private readonly storage: PluginWindow['sessionStorage'],
    private readonly webadmin: Pick<Webadmin, 'locale' | 'skin'>,
  ) {
    this.page = new URL('notice.html', location.href).href;
  }

  /** @param reason the service's own sentence, where it gave one @returns the URL of the page, whose texts are kept for it */
  url(kind: NoticeKind, reason?: string): string {
    const look = { locale: this.webadmin.locale(), skin: this.webadmin.skin };
    keepNotice(this.storage, noticeOf(kind, this.messages, { reason, ...look }));
    return `${this.page}?${kind}`;
  }

  get messages(): Messages {
    return messagesFor(this.webadmin.locale());
  }
}
