const firstMs = 30_000;
const longestMs = 300_000;

interface VisibleDocument {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
}

/** Decides when to try a service again that is down: after 30 s, then ever less often, never while nobody looks. */
export class Recovery {
  private delayMs = firstMs;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private overdue = false;

  constructor(
    private readonly document: VisibleDocument,
    private readonly retry: () => void,
  ) {
    document.addEventListener('visibilitychange', () => this.overdue && this.due());
  }

  /** The service was found down; does nothing while a try is ahead already. */
  plan(): void {
    if (this.timer !== undefined || this.overdue) return;
    this.timer = setTimeout(() => this.due(), this.delayMs);
    this.delayMs = Math.min(2 * this.delayMs, longestMs);
  }

  /** The service answers again, or nobody wants it any more. */
  stop(): void {
    clearTimeout(this.timer);
    Object.assign(this, { timer: undefined, overdue: false, delayMs: firstMs });
  }

  private due(): void {
    this.timer = undefined;
    this.overdue = this.document.hidden;
    if (!this.overdue) this.retry();
  }
}
