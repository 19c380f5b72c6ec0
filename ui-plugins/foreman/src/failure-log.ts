/** Tells the browser's log about the first of a row of failures, so that a service that is down is mentioned once. */
export class FailureLog {
  private told = false;

  constructor(private readonly warn: (text: string) => void) {}

  failure(error: unknown): void {
    if (!this.told) this.warn(`Foreman plugin: ${error instanceof Error ? error.message : String(error)}`);
    this.told = true;
  }

  recovered(): void {
    this.told = false;
  }
}
