import { setImmediate as afterOthers } from 'node:timers/promises';

const TURN_MS = 10;

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
    await afterOthers();
    this.since = performance.now();
  }
}
