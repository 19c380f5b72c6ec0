/** A page of the service says within this time that it has arrived; what does not is a proxy's, or nothing at all. */
const patienceMs = 3_000;

/** Notices that a page which was just opened does not arrive, without asking the service for each. */
export class FrameWatch {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private opened: string | undefined;

  /** @param missing called when no page has arrived */
  constructor(private readonly missing: () => void) {}

  /** @param page of the service that the person looks at now, if any */
  looksAt(page: string | undefined): void {
    if (page === this.opened) return;
    this.opened = page;
    this.arrived();
    if (page !== undefined) this.timer = setTimeout(this.missing, patienceMs);
  }

  arrived(): void {
    clearTimeout(this.timer);
  }
}
