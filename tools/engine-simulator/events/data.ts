import type { Severity } from './kinds';

/** A line of the audit log. */
export interface SimEvent {
  id: number;
  code: number;
  severity: Severity;
  description: string;
  at: number;
  correlationId: string | null;
  /** Null: the engine itself. */
  userId: string | null;
  vmId?: string;
  /** Kept when the VM is gone. */
  vmName?: string;
  templateId?: string;
  clusterId?: string;
  hostId?: string;
  diskId?: string;
  storageDomainId?: string;
}

export interface EventsData {
  /** Oldest first. */
  events: SimEvent[];
}

export const eventsData = (): EventsData => ({ events: [] });
