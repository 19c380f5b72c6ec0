import type { CallOptions } from '../engine-client';
import { withQuery, type EngineCalls } from '../engine-calls';
import { EngineError } from '../engine-error';
import { checkId } from '../input';
import type { EngineEvent, EngineEvents, EngineIdentity, EngineJob, EngineJobs, EngineStep } from '../ports';
import * as wire from './jobs.wire';
import { anyOf } from './search-text';

/** A refused command leaves a failed job, too: several of one operation. */
const MOST_JOBS = 1_000;
const MOST_EVENTS = 500;
/** What 4.5 says of a job that is gone to whoever is no administrator, with 400 (GetJobByJobIdQuery.java). */
const GONE = /"jobwithsteps" is null/i;

export class RestJobs implements EngineJobs {
  private readonly calls: EngineCalls;
  private readonly early: EngineCalls;

  constructor(calls: EngineCalls) {
    this.calls = calls.since('4.2', 'Jobs by correlation id');
    this.early = calls.since('3.4', 'Jobs');
  }

  async get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineJob | null> {
    try {
      return await this.early.find(as, `/jobs/${checkId(id)}`, wire.job, options);
    } catch (error) {
      if (error instanceof EngineError && GONE.test(error.details.detail ?? '')) return null;
      throw error;
    }
  }

  async byCorrelationIds(as: EngineIdentity, correlationIds: string[], options?: CallOptions): Promise<EngineJob[]> {
    if (correlationIds.length === 0) return [];
    const search = anyOf('correlation_id', correlationIds);
    return this.calls.get(as, withQuery('/jobs', { search, max: MOST_JOBS }), wire.jobs, options);
  }

  async steps(as: EngineIdentity, jobId: string, options?: CallOptions): Promise<EngineStep[]> {
    return this.calls.get(as, `/jobs/${checkId(jobId)}/steps`, wire.steps, options);
  }
}

export class RestEvents implements EngineEvents {
  private readonly calls: EngineCalls;

  constructor(calls: EngineCalls) {
    this.calls = calls.since('3.4', 'Events by correlation id');
  }

  async byCorrelationIds(as: EngineIdentity, correlationIds: string[], options?: CallOptions): Promise<EngineEvent[]> {
    if (correlationIds.length === 0) return [];
    const search = anyOf('correlation_id', correlationIds);
    return this.calls.get(as, withQuery(`/events;max=${MOST_EVENTS}`, { search }), wire.events, options);
  }
}
