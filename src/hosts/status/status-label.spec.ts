import { NO_COUNTERS } from '../../common/counters';
import { configurationStatus } from './status-label';

const now = new Date('2026-11-22T12:00:00Z');
const fresh = {
  counters: NO_COUNTERS,
  lastReportAt: new Date('2026-11-22T11:50:00Z'),
  staleAt: new Date('2026-11-22T12:25:00Z'),
  enabled: true,
};
const everything = { ...NO_COUNTERS, applied: 1, restarted: 1, failed: 1, failed_restarts: 1, pending: 1 };

describe('configurationStatus', () => {
  it.each([
    ['a disabled host, whatever else', { enabled: false, counters: everything }, 'Alerts disabled'],
    ['a host that never reported', { lastReportAt: null, staleAt: null }, 'No reports'],
    ['an old error', { counters: everything, staleAt: new Date('2026-11-22T11:59:59Z') }, 'Out of sync'],
    ['a report that turns stale this very instant', { staleAt: now }, 'Out of sync'],
    ['a failure beside changes', { counters: everything }, 'Error'],
    ['a failed restart', { counters: { ...NO_COUNTERS, failed_restarts: 1 } }, 'Error'],
    ['changes beside pending ones', { counters: { ...NO_COUNTERS, applied: 1, pending: 1 } }, 'Active'],
    ['a restart', { counters: { ...NO_COUNTERS, restarted: 1 } }, 'Active'],
    ['pending changes', { counters: { ...NO_COUNTERS, pending: 1 } }, 'Pending'],
    ['skipped resources only', { counters: { ...NO_COUNTERS, skipped: 4 } }, 'No changes'],
    ['nothing to tell', {}, 'No changes'],
  ])('%s', (_, known, label) => {
    expect(configurationStatus({ ...fresh, ...known }, now)).toBe(label);
  });
});
