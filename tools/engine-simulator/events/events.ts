import { userNameOf, type Engine } from '../engine';
import type { Call } from '../rest/call';
import type { SimEvent } from './data';
import { EVENT_KINDS, type EventKind } from './kinds';

/** What an event is about. */
export interface About {
  vm?: { id: string; name: string; clusterId: string; templateId: string };
  template?: { id: string; name: string; clusterId: string | null };
  host?: { id: string; name: string };
  /** Fills `{reason}`, `{nic}` and the like of its text. */
  words?: Record<string, string>;
}

/** Writes an event of a caller's command; one that happens later keeps its correlation id. */
export function tell(
  call: Pick<Call, 'engine' | 'caller' | 'correlationId'>,
  kind: EventKind,
  about: About = {},
): void {
  const user = userNameOf(call.caller, call.engine.personality);
  write(call.engine, kind, about, { correlationId: call.correlationId, userId: call.caller.id, user });
}

/** Writes an event of the engine itself. */
export function tellOfEngine(engine: Engine, kind: EventKind, about: About = {}): void {
  write(engine, kind, about, { correlationId: null, userId: null, user: 'SYSTEM' });
}

type By = Pick<SimEvent, 'correlationId' | 'userId'> & { user: string };

function write({ data, clock }: Engine, kind: EventKind, about: About, { user, ...by }: By): void {
  const [code, severity, text] = EVENT_KINDS[kind];
  const words: Record<string, string | undefined> = {
    ...{ user, vm: about.vm?.name, template: about.template?.name, host: about.host?.name },
    ...about.words,
  };
  data.events.push({
    ...{ id: data.events.length + 1, code, severity, at: clock.now(), ...by },
    description: text.replaceAll(/\{(\w+)\}/g, (_, word: string) => words[word] ?? ''),
    ...{
      vmId: about.vm?.id,
      vmName: about.vm?.name,
      clusterId: about.vm?.clusterId ?? about.template?.clusterId ?? undefined,
      hostId: about.host?.id,
    },
    templateId: about.template?.id ?? about.vm?.templateId,
  });
}
