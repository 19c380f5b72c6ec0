import type { EngineEvent, EngineJob } from '../../engine';
import type { StepContext } from '../../operations';

const MAX_DESCRIPTION = 255;
/** Severities of the engine's audit log that tell of a failure. */
const TELLING = ['error', 'alert', 'warning'];

/** A person's description with the operation's id behind it, by which the VM or template is found again. */
export function marked(description: string, operationId: string): string {
  const mark = `foreman-ovirt ${operationId}`;
  const room = MAX_DESCRIPTION - mark.length - 1;
  return [description.slice(0, room), mark].filter(Boolean).join(' ');
}

/** What the engine's events tell of a failure, in its words, to be put behind a sentence: `: VM x failed to …`. */
export async function whyItFailed(context: StepContext<unknown>): Promise<string> {
  const events = await eventsOf(context).catch((): EngineEvent[] => []); // what is left is that it failed
  const told = events.find(({ severity }) => TELLING.includes(severity));
  return told === undefined ? '' : `: ${told.description}`;
}

/** Whether anything of the operation came to the engine. */
export async function leftTrail(context: StepContext<unknown>): Promise<boolean> {
  return (await eventsOf(context)).length > 0;
}

/** A job whose id is in the memo, which everybody may read by it: from what was seen for all, else asked for. */
export async function jobOf(
  context: StepContext<unknown>,
  seen: ReadonlyMap<string, EngineJob>,
  name: string,
): Promise<EngineJob | null> {
  const id = context.operation.memo[name];
  if (typeof id !== 'string') return null;
  return seen.get(id) ?? context.act((engine, as, { signal }) => engine.jobs.get(as, id, { signal }));
}

function eventsOf(context: StepContext<unknown>): Promise<EngineEvent[]> {
  const { id } = context.operation;
  return context.act((engine, as, { signal }) => engine.events.byCorrelationIds(as, [id], { signal }));
}
