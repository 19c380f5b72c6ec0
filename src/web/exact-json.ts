/** JSON in which bigints are numbers, exact beyond 2^53. No stored text holds a NUL, which marks them on the way. */
export function exactJson(value: unknown): string {
  let exact = false;
  const text = JSON.stringify(value, (_, item: unknown) => {
    if (typeof item !== 'bigint') return item;
    exact = true;
    return `\0${item}`;
  });
  return exact ? text.replace(/"\\u0000(-?\d+)"/g, '$1') : text;
}
