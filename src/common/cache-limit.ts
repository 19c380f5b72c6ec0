/**
 * Limits an `LRUCache` to so many entries. Its own `max` reserves the room for all of them at once, which for the
 * thousands that a busy service may need costs one that idles its memory, and every start its time.
 */
export const atMost = (entries: number): { maxSize: number; sizeCalculation: () => number } => ({
  maxSize: entries,
  sizeCalculation: () => 1,
});
