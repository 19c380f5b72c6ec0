// @ts-check
/** The median of some numbers, and the greatest: in `{ median, slowest }`, as most are times. */
export function spread(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], slowest: sorted.at(-1) };
}
