import { Turn } from './turn';

/** A list in slices of `size`; between them everybody else has a turn where the list takes long. */
export async function* inSlices<T>(list: readonly T[], size: number): AsyncGenerator<readonly T[]> {
  const turn = new Turn();
  for (let at = 0; at < list.length; at += size) {
    yield list.length <= size ? list : list.slice(at, at + size);
    if (turn.isOver()) await turn.next();
  }
}
