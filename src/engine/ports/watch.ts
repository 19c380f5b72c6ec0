import type { EngineIdentity } from './identity';
import type { EngineJob } from './jobs';
import type { EngineVm } from './vms';

/** What somebody waits for at an engine. */
export interface Watched {
  /** Ids of VMs; what is gone is absent from the answer. */
  vms?: readonly string[];
  /** Ids of operations, whose jobs are asked for; a job's id is known from the write that began it. */
  correlationIds?: readonly string[];
}

export interface Sighting {
  vms: ReadonlyMap<string, EngineVm>;
  /**
   * By job id, those of all correlation ids that were asked for: a job does not tell its own. Empty for sessions and
   * for accounts that are no administrators, who may read a job by its id alone, and up to 4.1.
   */
  jobs: ReadonlyMap<string, EngineJob>;
  /** When the engine was asked. */
  at: Date;
}

/**
 * One shared look at an engine: whoever waits is asked for together with all others who wait with the same identity, and the
 * engine gets at most one list of each kind a second, of at most 100 ids each, whatever the number of those who wait.
 */
export interface EngineWatch {
  /** The next look that was begun after this call. @throws EngineError; the signal's reason when it is given up */
  look(as: EngineIdentity, watched: Watched, options?: { signal?: AbortSignal }): Promise<Sighting>;
}
