import type { CallOptions } from '../engine-client';
import type { EngineIdentity } from './identity';

/** The engine does not tell its correlation id: of one that was asked for alone it is known. */
export interface EngineJob {
  id: string;
  description: string;
  /** `started`, `finished`, `failed`, `aborted`, `unknown`. */
  status: string;
  startedAt: Date | null;
  endedAt: Date | null;
}

export interface EngineStep {
  id: string;
  description: string;
  status: string;
  /** Per cent; null for all but jobs of hosts (oVirt: HostJobCallback.java). */
  progress: number | null;
}

export interface EngineEvent {
  id: string;
  /** Of the audit log, such as 53 (VM created) or 54 (failed to start). */
  code: number;
  severity: string;
  description: string;
  at: Date | null;
  correlationId: string | null;
  vmId: string | null;
}

export interface EngineJobs {
  /** Everybody may read a job by its id; null when it is gone. */
  get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineJob | null>;
  /** Of these correlation ids, at most 100; administrators alone (4.2+). One request. */
  byCorrelationIds(as: EngineIdentity, correlationIds: string[], options?: CallOptions): Promise<EngineJob[]>;
  /** Administrators alone. */
  steps(as: EngineIdentity, jobId: string, options?: CallOptions): Promise<EngineStep[]>;
}

export interface EngineEvents {
  /** Of these correlation ids, at most 100, newest first, at most 500. Costly for those who are no administrators. */
  byCorrelationIds(as: EngineIdentity, correlationIds: string[], options?: CallOptions): Promise<EngineEvent[]>;
}
