import type { Asked, ProbeEvent } from './probe-plugins';

interface RecordedEvent {
  plugin: string;
  event?: string;
  asked?: string;
  args: unknown[];
  place?: string;
  currentPlace?: unknown;
}

/** A step of the recording: what was done, and the address when it was over. */
export interface RecordedStep {
  step: string;
  address?: string;
  events?: RecordedEvent[];
}

/** Recorded in a webadmin 4.5.7: its steps, and how often webadmin wrote each line to the console. */
export interface Recording {
  steps: RecordedStep[];
  console: { text: string; times: number }[];
}

export function readRecording(name: string): Recording {
  return jest.requireActual<Recording>(`../../fixtures/webadmin/${name}.json`);
}

/**
 * What a step comes to, comparable: each plugin's own events, the frames' and the addresses, each kind in its order. How
 * the kinds interleave is the timing of a browser and of an engine's answers.
 */
export interface Outcome {
  plugins: Record<string, unknown[]>;
  frames: unknown[];
  addresses: unknown[];
  /** How often the probe's unload handler was called. */
  unloads: number;
  address: string;
}

/** @param events of the step, with the place told where it differs from the step's address */
export function outcome(events: (ProbeEvent | RecordedEvent)[], address: string): Outcome {
  const result: Outcome = { plugins: {}, frames: [], addresses: [], unloads: 0, address };
  for (const { plugin, event, args, place, currentPlace } of events) {
    if (event === undefined || isInPage(event)) continue;
    if (event === '(hashchange)') result.addresses.push(args);
    else if (event.startsWith('unload handler')) result.unloads += 1;
    else if (/^(place|dialog) page/.test(event)) result.frames.push([event, args[0] ?? '']);
    else {
      const more = /SelectionChange$/.test(event) ? { place: place ?? address, currentPlace } : {};
      const told = plugin === 'probe' ? more : {};
      (result.plugins[plugin] ??= []).push({ event, args: args.filter(isTold).map(plain), ...told });
    }
  }
  return result;
}

/** Calls of buttons without their number: it depends on how often an engine answers meanwhile. */
export function distinctAsked(asked: (Asked | RecordedEvent)[]): string[] {
  const texts = asked
    .filter((call) => call.asked !== undefined)
    .map(({ plugin, asked: what, args }) => [plugin, what, args]);
  return [...new Set(texts.map((text) => JSON.stringify(text)))];
}

/** What only a loaded page sees: the plugin's own, or the dialog's. */
const isInPage = (event: string): boolean =>
  ['(load of the plugin page)', 'frames in webadmin', 'state', 'dialog page keydown Escape'].includes(event);
const isTold = (value: unknown): boolean => value !== undefined && value !== '(undefined)';

/** A window as the recordings write it; ids of permissions are the engine's. */
function plain(value: unknown): unknown {
  if (value === window) return '(window)';
  const [item] = Array.isArray(value) ? (value as object[]) : [];
  return item && Object.keys(item).join() === 'id' ? [{ id: '(its id)' }] : value;
}
