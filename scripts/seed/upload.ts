/** A request as a client of Foreman's API sends it; the path stands under the service's base path. */
export interface UploadRequest {
  method: 'POST' | 'PUT';
  path: string;
  body: Record<string, unknown>;
}

export type LogLevel = 'info' | 'notice' | 'warning' | 'err';

/** A log line in the shape in which Foreman's clients send it. */
export interface LogEntry {
  log: { level: LogLevel; sources: { source: string }; messages: { message: string } };
}

export function logEntry(level: LogLevel, source: string, message: string): LogEntry {
  return { log: { level, sources: { source }, messages: { message } } };
}
