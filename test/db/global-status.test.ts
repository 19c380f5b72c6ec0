import { Clock } from '../../src/common/clock';
import { Database } from '../../src/database';
import { globalStatus } from '../../src/foreman-api/host-json';
import { HostListReadModel } from '../../src/hosts/host-list.read-model';
import { parseSearch } from '../../src/search';
import { openDatabase } from '../support/database';

class SetClock extends Clock {
  now(): Date {
    return new Date(1_000);
  }
}

describe('global_status', () => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, close } = await openDatabase());
    await database.unitOfWork.run(async (tx) => {
      for (const enabled of [true, false])
        for (const staleAt of [null, 999, 1_000, 1_001])
          for (const [failed, failedRestarts, applied] of [
            [0, 0, 0],
            [0, 0, 1],
            [1, 0, 1],
            [0, 1, 0],
          ] as const)
            await tx.execute(
              `INSERT INTO hosts (name, enabled, stale_at, last_report_at, failed, failed_restarts, applied, created_at, updated_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, 1, 1)`,
              [
                JSON.stringify([enabled, staleAt, failed, failedRestarts, applied]),
                enabled,
                staleAt,
                staleAt,
                failed,
                failedRestarts,
                applied,
              ],
            );
    });
  });
  afterAll(() => close());

  it("finds each host by the status that its JSON shows, whatever the host's state", async () => {
    const hosts = new HostListReadModel(database, new SetClock());
    const find = async (text: string) =>
      (await hosts.page({ search: parseSearch(text), order: '', page: 1, perPage: 100 })).rows;
    const all = await find('');
    expect(all).toHaveLength(32);
    for (const value of ['ok', 'warning', 'error']) {
      const shown = all.filter((host) => globalStatus(host).status_label.toLowerCase() === value);
      expect(shown.length).toBeGreaterThan(0);
      expect((await find(`global_status = ${value}`)).map(({ name }) => name)).toEqual(shown.map(({ name }) => name));
    }
  });
});
