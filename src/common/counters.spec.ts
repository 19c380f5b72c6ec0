import { NO_COUNTERS, packCounters } from './counters';

describe('packCounters', () => {
  it.each([
    [[92, 300, 4, 12, 3, 4], 4506911051657308n],
    [[1, 2, 3, 4, 5, 6], 6760901297309697n],
    [[0, 0, 1, 0, 0, 0], 1048576n],
    [[5000, 5000, 5000, 5000, 5000, 5000], 1152921504606846975n],
  ])(
    'packs %j into ten bits each, saturated',
    ([applied, restarted, failed, failed_restarts, skipped, pending], packed) => {
      expect(
        packCounters({
          ...NO_COUNTERS,
          applied,
          restarted,
          failed,
          failed_restarts,
          skipped,
          pending,
        } as typeof NO_COUNTERS),
      ).toBe(packed);
    },
  );
});
