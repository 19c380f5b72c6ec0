import type { CallOptions } from '../engine-client';

/** Of every write. */
export interface WriteOptions extends CallOptions {
  /** Kept by the engine with its jobs and events, at most 36 characters: the id of the operation. */
  correlationId: string;
}

/** What a write started. */
export interface Started {
  /** The engine's job, which everybody may read by its id; null where the command has none. */
  jobId: string | null;
}

/** Of a list that a person sees: its first rows by name. */
export interface ListOptions extends CallOptions {
  /** The engine's own search language; what it does not understand finds nothing. */
  search?: string;
  /** Default 100, at most 1,000. */
  limit?: number;
}
