/** Aborts when nothing happens for so long while it is waited for. */
export class Idle {
  private readonly controller = new AbortController();
  private timer?: NodeJS.Timeout;

  constructor(private readonly ms: number) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  wait(): void {
    this.stop();
    this.timer = setTimeout(() => this.controller.abort(), this.ms).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
