import { JSONParser, TokenType } from '@streamparser/json';
import { Turn } from './turn';

/** A text that is no JSON, or neither an object nor a list. */
export class BadJson extends Error {}

/** A text that is JSON, but more of it than is taken. */
export class BoundlessJson extends Error {
  constructor(readonly bound: keyof JsonBounds) {
    super(`JSON of unusual ${bound}`);
  }
}

/** How much JSON is taken. */
export interface JsonBounds {
  /** Objects and lists within each other. */
  depth: number;
  /** Of a large one: what its objects and lists hold, in all. */
  values: number;
}

/** `JSON.parse` keeps everybody waiting, up to 20 ms for so much. */
const AT_ONCE_BYTES = 131_072;
const SLICE_BYTES = 16_384;

/** Reads JSON as `JSON.parse` does, but large ones in slices between which others have their turn, one after another. */
export class JsonReader {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly bounds: JsonBounds) {}

  /**
   * @param wanted asked when a large one has its turn: whether somebody still waits for it
   * @returns an object or a list; of an empty text an empty object
   * @throws BadJson, BoundlessJson; BadJson, too, where nobody waits any more
   */
  async read(chunks: Buffer[], wanted = (): boolean => true): Promise<unknown> {
    const size = chunks.reduce((sum, { length }) => sum + length, 0);
    if (size <= AT_ONCE_BYTES) return parseAtOnce(chunks, this.bounds);
    const read = this.last.then(() => {
      if (!wanted()) throw new BadJson('nobody waits for it any more');
      return parseInSlices(chunks, this.bounds);
    });
    this.last = read.catch(() => undefined);
    return read;
  }
}

function parseAtOnce(chunks: Buffer[], bounds: JsonBounds): unknown {
  const [first, ...more] = chunks;
  if (first === undefined) return {};
  const text = new TextDecoder().decode(more.length === 0 ? first : Buffer.concat(chunks));
  const value = container(parsed(() => JSON.parse(text) as unknown));
  if (isDeeperThan(bounds.depth, value)) throw new BoundlessJson('depth');
  return value;
}

async function parseInSlices(chunks: Buffer[], bounds: JsonBounds): Promise<unknown> {
  const parser = new JSONParser({ paths: ['$'] });
  let root: unknown;
  let [depth, deepest, values] = [0, 0, 0];
  parser.onValue = ({ value }) => (root = value);
  parser.onToken = ({ token }) => {
    const opens = token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET;
    if (opens) deepest = Math.max(deepest, (depth += 1));
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) depth -= 1;
    if (opens || token === TokenType.COMMA) values += 1;
  };
  const decoder = new TextDecoder();
  const turn = new Turn();
  for (const slice of slicesOf(chunks)) {
    parsed(() => parser.write(decoder.decode(slice, { stream: true })));
    if (deepest > bounds.depth) throw new BoundlessJson('depth');
    if (values > bounds.values) throw new BoundlessJson('values');
    if (turn.isOver()) await turn.next();
  }
  if (!parser.isEnded) throw new BadJson('Unexpected end of JSON input');
  return container(root);
}

function* slicesOf(chunks: Buffer[]): Generator<Buffer> {
  for (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) yield chunk.subarray(at, at + SLICE_BYTES);
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new BadJson(error instanceof Error ? error.message : String(error));
  }
}

function container(value: unknown): object {
  if (typeof value === 'object' && value !== null) return value;
  throw new BadJson('expected an object or a list');
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const key in value) if (isDeeperThan(levels - 1, (value as Record<string, unknown>)[key])) return true;
  return false;
}
