import type { EngineError, EngineErrorKind } from './engine-error';

/** When the same call may succeed: by itself later, after a person has done something about it, or never. */
export type Retry = 'later' | 'user' | 'never';

const AWAY: EngineErrorKind[] = ['unresolvable', 'refused', 'unreachable', 'timeout', 'connection_lost', 'unavailable'];
const NOT_FOR_THIS_USER: EngineErrorKind[] = ['unauthorized', 'no_rights', 'ended_or_no_rights', 'forbidden'];

/**
 * Texts of an engine (oVirt: AppErrors.properties) that locks, running tasks and missing hosts are told by: they pass. The
 * one about hosts comes with 400, also where every host has refused the VM.
 */
const PASSES = [
  /\b(is|are)( currently| being)? locked\b/i,
  /locked or still running/i,
  /related operation is currently in progress/i,
  /\bis( currently)? being (created|updated|transferred|exported|removed)\b/i,
  /currently in use to create vm/i,
  /disk\(s\) are based on it/i,
  /template is being created from this vm/i,
  /there are no hosts to use/i,
  /no host that satisfies current scheduling constraints/i,
  /network error during communication with the host/i,
  /unknown data center status/i,
  /status is (unknown|locked)\b/i,
  /wait for launch status/i,
];
/** What a person can do something about though it is no conflict. */
const QUOTA = /\bquota\b/i;

/** Whether trying again makes sense, by what the engine says; of a write that `mayBeDone` after a look whether it is. */
export function retryOf({ kind, details }: EngineError): Retry {
  if (AWAY.includes(kind)) return 'later';
  if (NOT_FOR_THIS_USER.includes(kind)) return 'user';
  const said = `${details.detail ?? ''} ${details.reason ?? ''}`;
  if (kind !== 'conflict' && kind !== 'bad_request') return 'never';
  if (PASSES.some((text) => text.test(said))) return 'later';
  return kind === 'conflict' || QUOTA.test(said) ? 'user' : 'never';
}
