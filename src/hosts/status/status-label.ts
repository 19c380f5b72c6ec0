import type { Counters } from '../../common/counters';

/** Foreman's words for a host's configuration status, the first that holds counts. */
export type StatusLabel =
  'Alerts disabled' | 'No reports' | 'Out of sync' | 'Error' | 'Active' | 'Pending' | 'No changes';

export interface LastKnown {
  counters: Counters;
  lastReportAt: Date | null;
  /** From this instant on the host is out of sync. */
  staleAt: Date | null;
  enabled: boolean;
}

/** The one rule behind every status label (Foreman: host.rb host_status; silence outranks an old error). */
export function configurationStatus({ counters, lastReportAt, staleAt, enabled }: LastKnown, now: Date): StatusLabel {
  if (!enabled) return 'Alerts disabled';
  if (lastReportAt === null) return 'No reports';
  if (staleAt !== null && staleAt <= now) return 'Out of sync';
  if (counters.failed > 0 || counters.failed_restarts > 0) return 'Error';
  if (counters.applied > 0 || counters.restarted > 0) return 'Active';
  if (counters.pending > 0) return 'Pending';
  return 'No changes';
}

const CLASSES: Record<StatusLabel, string> = {
  'Alerts disabled': 'disabled',
  'No reports': 'none',
  'Out of sync': 'warning',
  Error: 'error',
  Active: 'ok',
  Pending: 'pending',
  'No changes': 'info',
};

/** For the partial `status-label`: the word, and the style class that colours it. */
export function statusLabelView(label: StatusLabel): { text: StatusLabel; tone: string } {
  return { text: label, tone: CLASSES[label] };
}
