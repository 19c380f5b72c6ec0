export type JobStatus = 'started' | 'finished' | 'failed' | 'aborted' | 'unknown';

export interface SimStep {
  id: string;
  description: string;
  type: 'validating' | 'executing' | 'finalizing' | 'unknown';
  status: JobStatus;
  startedAt: number;
  endedAt: number | null;
  /** Per cent, of steps that a host does. */
  progress?: number;
  parentId?: string;
}

/** What the engine remembers of a command. */
export interface SimJob {
  id: string;
  description: string;
  status: JobStatus;
  ownerId: string;
  correlationId: string;
  startedAt: number;
  endedAt: number | null;
  steps: SimStep[];
}

export interface JobsData {
  /** Oldest first. */
  jobs: SimJob[];
}

export const jobsData = (): JobsData => ({ jobs: [] });
