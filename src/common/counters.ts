/** The six counters of a configuration report, in Foreman's order (Foreman: config_report.rb METRIC). */
export const COUNTERS = ['applied', 'restarted', 'failed', 'failed_restarts', 'skipped', 'pending'] as const;
export type CounterName = (typeof COUNTERS)[number];
/** Exact, non-negative integers. */
export type Counters = Record<CounterName, number>;

export const NO_COUNTERS: Counters = Object.freeze({
  applied: 0,
  restarted: 0,
  failed: 0,
  failed_restarts: 0,
  skipped: 0,
  pending: 0,
});

const BITS = 10n;
const MAX = 1023;

/**
 * Foreman's packed status: ten bits a counter, saturated at 1023 (Foreman: config_report_status_calculator.rb).
 * Only for compatibility output. A bigint, since it passes 2^53 from pending = 8 on.
 */
export function packCounters(counters: Counters): bigint {
  return COUNTERS.reduce(
    (packed, name, index) => packed | (BigInt(Math.min(counters[name], MAX)) << (BITS * BigInt(index))),
    0n,
  );
}
