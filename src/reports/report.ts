import type { Counters } from '../common/counters';

/** Log levels in Foreman's order; the index is what is stored (Foreman: log.rb LEVELS). */
export const LOG_LEVELS = ['debug', 'info', 'notice', 'warning', 'err', 'alert', 'emerg', 'crit'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogLine {
  level: LogLevel;
  source: string;
  message: string;
}

/** Who sent a report. Reports that nobody is recognised in are `Unknown`, a value like the others. */
export type Origin = 'Puppet' | 'Ansible' | 'Unknown';

/** Metric group ("resources", "time", "changes", "events") → name → number. */
export type Metrics = Record<string, Record<string, number>>;

/** A configuration report as it is stored. Times in seconds; `runtime` includes configuration retrieval. */
export interface NewReport {
  hostId: number;
  origin: Origin;
  reportedAt: Date;
  counters: Counters;
  runtime: number;
  configRetrieval: number;
  metrics: Metrics;
  logs: readonly LogLine[];
}
