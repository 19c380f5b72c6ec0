import { setTimeout as pause } from 'node:timers/promises';

/** Tries until it holds, at most so long: what runs in the background has no moment that a test could wait for. */
export async function eventually<T>(holds: () => T | Promise<T>, withinMs = 10_000): Promise<T> {
  for (const until = performance.now() + withinMs; ;) {
    try {
      return await holds();
    } catch (error) {
      if (performance.now() > until) throw error;
    }
    await pause(20);
  }
}
