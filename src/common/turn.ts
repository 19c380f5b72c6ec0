import { setImmediate as afterOthers } from 'node:timers/promises';

const TURN_MS = 10;

/** All who wait for their next turn, the newest at the end: one has it at a time, so that others wait for one alone. */
let line: Promise<void> = Promise.resolve();

/**
 * For work that may take long: `if (turn.isOver()) await turn.next()` between its parts lets everybody else have a turn
 * of the event loop.
 */
export class Turn {
  private since = performance.now();

  isOver(): boolean {
    return performance.now() - this.since > TURN_MS;
  }

  async next(): Promise<void> {
    line = line.then(() => afterOthers());
    await line;
    this.since = performance.now();
  }
}
