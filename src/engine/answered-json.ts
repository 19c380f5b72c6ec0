import { BadJson, BoundlessJson, JsonReader } from '../common/json-reader';
import { Turn } from '../common/turn';
import { tooLarge } from '../http-client';

/** Of the largest answers; a VM's description has some 250 values, in ten levels. */
const BOUNDS = { depth: 100, values: 500_000 };
const reader = new JsonReader(BOUNDS);
/** Between two looks at the clock. */
const FEW = 64;

/**
 * An answer's body as snake_case JSON, undefined when it is anything else.
 * @param asked whose answer it is, for the message
 * @throws HttpError too_large for nesting that no engine sends
 */
export async function answeredJson(mediaType: string, chunks: Buffer[], asked: string): Promise<unknown> {
  if (!/^application\/([a-z.+-]+\+)?json\b/i.test(mediaType)) return undefined;
  try {
    const value = await reader.read(chunks);
    await toSnakeCase(value);
    return value;
  } catch (error) {
    if (error instanceof BadJson) return undefined;
    if (!(error instanceof BoundlessJson)) throw error;
    throw tooLarge(error.bound === 'depth' ? `${BOUNDS.depth} levels` : `${BOUNDS.values} values`, asked);
  }
}

/** `dataCenter` (3.2, 3.3) → `data_center`, at every depth, in place; values stay. */
async function toSnakeCase(value: unknown): Promise<void> {
  const turn = new Turn();
  const left = [value];
  for (let seen = 1; left.length > 0; seen += 1) {
    const item = left.pop();
    if (typeof item !== 'object' || item === null) continue;
    if (!Array.isArray(item)) renameKeys(item);
    for (const child of Object.values(item)) if (typeof child === 'object') left.push(child);
    if (seen % FEW === 0 && turn.isOver()) await turn.next();
  }
}

function renameKeys(item: object): void {
  for (const [name, value] of Object.entries(item)) {
    const renamed = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (renamed === name) continue;
    Reflect.deleteProperty(item, name);
    Object.defineProperty(item, renamed, {
      value: value as unknown,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
}
