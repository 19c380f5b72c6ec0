/**
 * One of up to three calls takes less than the bound: what else the machine does slows down one of them, seldom all.
 * @returns what the last call came to
 */
export async function expectWithin<Result>(boundMs: number, work: () => Promise<Result>): Promise<Result> {
  const times: number[] = [];
  for (;;) {
    const startedAt = performance.now();
    const result = await work();
    times.push(performance.now() - startedAt);
    if (Math.min(...times) < boundMs || times.length === 3) {
      expect(Math.min(...times)).toBeLessThan(boundMs);
      return result;
    }
  }
}
