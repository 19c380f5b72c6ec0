import type { ProbePlugins } from './probe-plugins';

const fromDialog = ['text message', { a: 1, list: [1, 2] }, 42, null, true];

/**
 * The pages in the probe's frames, which jsdom does not load: says when one would run and go, and posts to webadmin what
 * it would post.
 */
export class PluginPages {
  /** So many ms a page takes until it posts its message. */
  takesMs = 100;
  private readonly open = new Map<HTMLIFrameElement, string>();

  constructor(private readonly plugins: ProbePlugins) {}

  private readonly observer = new MutationObserver(() => this.look());
  private readonly loads = new Map<HTMLIFrameElement, number>();
  private reloaded: (frame: HTMLIFrameElement) => boolean = () => false;

  /** Follows frames that come into webadmin's page and go, and those that load another page. */
  watch(): void {
    this.observer.observe(document.body, { subtree: true, childList: true });
    const source = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'src');
    const set = jest.spyOn(HTMLIFrameElement.prototype, 'src', 'set');
    set.mockImplementation(function (this: HTMLIFrameElement, url: string) {
      source?.set?.call(this, url);
    });
    this.reloaded = (frame) => {
      const calls = set.mock.contexts.filter((other) => other === frame).length;
      const before = this.loads.get(frame) ?? calls;
      this.loads.set(frame, calls);
      return calls > before;
    };
  }

  /** Frames whose page was set anew since the last look, whose removal nothing shows. */
  look(): void {
    const frames = [
      ...document.querySelectorAll<HTMLIFrameElement>('#main-frame iframe, #detail-frame iframe, .dialog iframe'),
    ];
    for (const [frame, url] of this.open) {
      const goes = !frames.includes(frame);
      const changes = this.reloaded(frame) || frame.getAttribute('src') !== url;
      if (!goes && !changes) continue;
      this.open.delete(frame);
      this.note(url, 'pagehide');
    }
    for (const frame of frames) if (!this.open.has(frame)) this.run(frame);
  }

  stop(): void {
    this.observer.disconnect();
  }

  private run(frame: HTMLIFrameElement): void {
    const url = frame.getAttribute('src') ?? '';
    this.open.set(frame, url);
    this.reloaded(frame);
    this.note(url, 'runs');
    this.note(url, 'load');
    const place = search(url);
    const messages = isDialog(url) ? fromDialog : [{ from: `place${place}` }];
    messages.forEach((data, index) => setTimeout(() => post(data), this.takesMs + 50 * index));
  }

  private note(url: string, what: string): void {
    this.plugins.note('probe', `${isDialog(url) ? 'dialog' : 'place'} page ${what}`, [search(url)]);
  }
}

/** What a page of this origin says to webadmin. */
export function post(data: unknown): void {
  window.dispatchEvent(new MessageEvent('message', { data, origin: window.location.origin, source: window }));
}

const isDialog = (url: string): boolean => url.includes('?dialog');

function search(url: string): string {
  const text = url.replace(/^about:blank\??(dialog&?)?/, '');
  return text && `?${text}`;
}
