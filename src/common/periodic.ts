interface Task {
  everyMs: number;
  /** Gives up when the signal tells that the service stops. */
  work: (signal: AbortSignal) => Promise<unknown>;
  /** Gets what the work throws, while the service runs. */
  onFailure: (error: unknown) => void;
}

/** Work that is done at the start and now and then again, one time after the other. */
export class Periodic {
  private readonly stopping = new AbortController();
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;

  constructor(private readonly task: Task) {}

  start(): void {
    this.timer = setInterval(() => this.run(), this.task.everyMs).unref();
    this.run();
  }

  /** Call before the database closes. @returns when nothing runs any more */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  private run(): void {
    this.running ??= this.once().finally(() => (this.running = undefined));
  }

  private async once(): Promise<void> {
    const { signal } = this.stopping;
    try {
      await this.task.work(signal);
    } catch (error) {
      if (!signal.aborted) this.task.onFailure(error);
    }
  }
}
