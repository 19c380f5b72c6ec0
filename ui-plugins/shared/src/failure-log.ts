/** Tells the browser's log about the first of a row of failures, so that a service that is down is mentioned once. */
export class FailureLog {
  private told = false;

  constructor(private readonly warn: (text: string) => void) {}

  failure(error: unknown): void {
    if (!this.told) this.warn(error instanceof Error ? error.message : String(error));
    this.told = true;
  }

  recovered(): void {
    this.told = false;
  }

  /** The function, whose fault is a failure here, and `undefined` as its result, instead of thrown at its caller. */
  guarded<Arguments extends unknown[], Result>(
    run: (...args: Arguments) => Result,
  ): (...args: Arguments) => Result | undefined {
    return (...args) => {
      try {
        return run(...args);
      } catch (error) {
        this.failure(error);
        return undefined;
      }
    };
  }
}
