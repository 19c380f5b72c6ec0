import type { EngineSimulator } from '../../tools/engine-simulator';
import { engineRecording, type EngineRecording } from './engine-recordings';

/** An answer as far as it can be compared with another engine's: ids, instants and lengths differ. */
export interface Compared {
  status: number;
  type: string | undefined;
  /** Member names at every depth; of a list those of its first item. Texts of faults are kept. */
  body: unknown;
}

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Recorded requests that follow from one another, with other requests and time between them: sends them to a simulator, and
 * learns which of its ids stand for which recorded ones.
 */
export class RecordedSequence {
  private readonly ids: Map<string, string>;

  /** @param ids of the simulator by recorded ones, of what was there before */
  constructor(
    private readonly engine: EngineSimulator,
    private readonly userId: string,
    ids: Record<string, string> = {},
  ) {
    this.ids = new Map(Object.entries(ids));
  }

  /** Sends the recording of this name. */
  async play(name: string): Promise<{ got: Compared; recorded: Compared }> {
    const recording = engineRecording(name);
    const { method, path, body, headers } = recording.request;
    const { secret } = this.engine.control.signIn(this.userId);
    const response = await fetch(`${this.engine.url}${this.translated(path)}`, {
      method,
      headers: { ...headers, Authorization: `Bearer ${secret}` },
      body: body === undefined ? undefined : this.translated(body),
    });
    const text = await response.text();
    const answer: unknown = isJson(response.headers.get('content-type')) ? JSON.parse(text) : text;
    this.learn(recording.body, answer);
    return {
      got: { status: response.status, type: typeOf(response.headers.get('content-type')), body: shapeOf(answer) },
      recorded: recordedAnswer(recording),
    };
  }

  /** From now on the one stands for the other. */
  stands(recordedId: string, ownId: string): void {
    this.ids.set(recordedId, ownId);
  }

  /** What stands for a recorded id. */
  idOf(recordedId: string): string {
    return this.ids.get(recordedId) ?? recordedId;
  }

  /** Sends a request that was not recorded, as the same person. */
  async ask(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const { secret } = this.engine.control.signIn(this.userId);
    const response = await fetch(`${this.engine.url}/ovirt-engine/api${this.translated(path)}`, {
      method,
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        Authorization: `Bearer ${secret}`,
      },
      body: body === undefined ? undefined : this.translated(JSON.stringify(body)),
    });
    return (await response.json()) as Record<string, unknown>;
  }

  private translated(text: string): string {
    return text.replace(GUID, (id) => this.ids.get(id) ?? id);
  }

  /** Ids that stand in the same places. */
  private learn(recorded: unknown, got: unknown): void {
    if (typeof recorded === 'string' && typeof got === 'string') {
      if (recorded.match(GUID)?.[0] === recorded) this.ids.set(recorded, got);
    } else if (isObject(recorded) && isObject(got) && !Array.isArray(recorded)) {
      for (const [name, value] of Object.entries(recorded)) this.learn(value, got[name]);
    }
  }
}

function recordedAnswer({ status, headers, body }: EngineRecording): Compared {
  return { status, type: typeOf(headers['Content-Type'] ?? null), body: shapeOf(body) };
}

const typeOf = (header: string | null) => header?.split(';')[0];
const isJson = (header: string | null) => typeOf(header) === 'application/json';
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Names of the simulator's own host, wherever it stands. */
const withoutHost = (text: string) => text.replace(/https?:\/\/[^/\s"]+(?=\/ovirt-engine)/g, '');

/** Of links, which come in no order. */
function relsOf(items: unknown[]): unknown[] | undefined {
  const rels = items.map((item) => (isObject(item) ? item.rel : undefined));
  return rels.length > 0 && rels.every((rel) => typeof rel === 'string') ? rels.sort() : undefined;
}

function shapeOf(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return relsOf(value) ?? (value.length === 0 ? [] : [shapeOf(value[0])]);
  if (isObject(value)) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(members.map(([key, member]) => [key, shapeOf(member, key)]));
  }
  if (['detail', 'reason', 'status', 'phase'].includes(name) || (name === '' && value === '')) {
    return typeof value === 'string' ? withoutHost(value) : value;
  }
  return typeof value;
}

/** What is between two recordings: another request, or the time that went by. */
export type Step = string | ((sequence: RecordedSequence, engine: EngineSimulator) => unknown);

/** Plays recordings in their order; gives back what was answered otherwise, by recording. */
export async function differences(
  sequence: RecordedSequence,
  engine: EngineSimulator,
  steps: readonly Step[],
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const step of steps) {
    if (typeof step !== 'string') {
      await step(sequence, engine);
      continue;
    }
    const { got, recorded } = await sequence.play(step);
    const different = differing(got, recorded);
    if (different.length > 0) found[step] = different;
  }
  return found;
}

/** Members that are not the same, by their paths. */
function differing(got: unknown, recorded: unknown, path = ''): string[] {
  if (!isObject(got) || !isObject(recorded)) {
    const [a, b] = [JSON.stringify(got), JSON.stringify(recorded)];
    return a === b ? [] : [`${path}: ${a} instead of ${b}`];
  }
  const names = [...new Set([...Object.keys(got), ...Object.keys(recorded)])];
  return names.flatMap((name) => differing(got[name], recorded[name], `${path}/${name}`));
}

/** Lets so many seconds go by. */
export const seconds =
  (count: number) =>
  (_sequence: RecordedSequence, engine: EngineSimulator): void =>
    engine.control.advance(count * 1000);
