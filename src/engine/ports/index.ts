import type { EngineDisks } from './disks';
import type { EngineImageProviders } from './image-providers';
import type { EngineEvents, EngineJobs } from './jobs';
import type { EnginePlaces } from './places';
import type { EngineTemplates } from './templates';
import type { EngineTransfers } from './transfers';
import type { EngineVms } from './vms';
import type { EngineWatch } from './watch';

export * from './calls';
export * from './disks';
export * from './identity';
export * from './image-providers';
export * from './jobs';
export * from './places';
export * from './templates';
export * from './transfers';
export * from './vms';
export * from './watch';

/**
 * What can be asked of an engine and done in it, by capability (4.2 to 4.5; what launches VMs and waits for
 * them, what templates there are, places and `imageProviders.import` from 3.4 on). Every call throws EngineError: `unsupported` where the engine is too old for it,
 * `invalid_id` before anything is sent. Reads are repeated once when a kept connection turns out to be gone, writes never:
 * one that got no answer may have been carried out.
 */
export interface EnginePorts {
  places: EnginePlaces;
  vms: EngineVms;
  disks: EngineDisks;
  templates: EngineTemplates;
  imageProviders: EngineImageProviders;
  transfers: EngineTransfers;
  jobs: EngineJobs;
  events: EngineEvents;
  watch: EngineWatch;
}
