import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine';
import type { Call } from '../rest/call';
import type { JobStatus, SimJob, SimStep } from './data';

/**
 * Runs a command under a job of its own, which fails with it; a command that is done at once leaves a finished job. Whoever
 * goes on later keeps the job open by `later`.
 */
export function command<T>(call: Call, description: string, run: (job: OpenJob) => T): { jobId: string; result: T } {
  const job = new OpenJob(call.engine, startJob(call, description));
  try {
    const result = run(job);
    if (!job.goesOn) job.end('finished');
    return { jobId: job.id, result };
  } catch (error) {
    job.end('failed');
    throw error;
  }
}

/** A job that is being done. */
export class OpenJob {
  /** Whether it ends later. */
  goesOn = false;

  constructor(
    private readonly engine: Engine,
    readonly job: SimJob,
  ) {}

  get id(): string {
    return this.job.id;
  }

  /** Goes on after so long. The returned function calls that off. */
  later(ms: number, act: () => void): () => void {
    this.goesOn = true;
    return this.engine.clock.after(ms, act);
  }

  /** Ends after so long, with what happens then. */
  finishAfter(ms: number, act: () => void = () => undefined): void {
    this.later(ms, () => {
      act();
      this.end('finished');
    });
  }

  /** A step below `Executing`: `Copying Image` without, `Copying Volume` with progress. */
  step(description: string, progress?: number): SimStep {
    const parent = this.job.steps.find(({ type }) => type === 'executing');
    const step = newStep(this.engine, description, 'unknown');
    this.job.steps.push(Object.assign(step, { parentId: parent?.id, ...(progress !== undefined && { progress }) }));
    return step;
  }

  /** Does nothing to one that ended before. */
  end(status: JobStatus): void {
    if (this.job.status !== 'started') return;
    const now = this.engine.clock.now();
    Object.assign(this.job, { status, endedAt: now });
    for (const step of this.job.steps) if (step.endedAt === null) Object.assign(step, { status, endedAt: now });
  }
}

function startJob({ engine, caller, correlationId }: Call, description: string): SimJob {
  const now = engine.clock.now();
  const validating = newStep(engine, 'Validating', 'validating');
  const job: SimJob = {
    ...{ id: randomUUID(), description, status: 'started', ownerId: caller.id, correlationId },
    ...{ startedAt: now, endedAt: null },
    steps: [Object.assign(validating, { status: 'finished', endedAt: now }), newStep(engine, 'Executing', 'executing')],
  };
  engine.data.jobs.push(job);
  return job;
}

function newStep({ clock }: Engine, description: string, type: SimStep['type']): SimStep {
  return { id: randomUUID(), description, type, status: 'started', startedAt: clock.now(), endedAt: null };
}
