import type { Place } from './ui';

/**
 * Shows a plugin place's content. The frame lives only while its place is in view, as webadmin's does, so that coming
 * back loads the page anew.
 */
export class ContentFrame {
  private frame: HTMLIFrameElement | undefined;
  private place: Place | undefined;
  private loads = 0;

  constructor(private readonly container: HTMLElement) {}

  show(place: Place | undefined): void {
    const content = place?.frame;
    this.container.hidden = !content;
    if (place === this.place && content?.loads === this.loads) return;

    if (place !== this.place || !content) {
      this.place?.frame?.unload?.();
      this.frame?.remove();
      this.frame = undefined;
    }
    this.place = content ? place : undefined;
    if (!content || !place) return;
    this.loads = content.loads;
    if (!this.frame) {
      this.frame = document.createElement('iframe');
      this.frame.title = place.label;
      this.frame.name = place.token;
      this.frame.src = content.url;
      this.container.append(this.frame);
      // The empty page that a frame begins with is unloaded, too.
      content.unload?.();
    } else this.frame.src = content.url;
  }
}
