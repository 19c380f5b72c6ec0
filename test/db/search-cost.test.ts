import { Clock } from '../../src/common/clock';
import { Database } from '../../src/database';
import { FactReadModel } from '../../src/hosts/facts/fact.read-model';
import { HostListReadModel } from '../../src/hosts/host-list.read-model';
import { ReportListReadModel } from '../../src/report-pages/report-list.read-model';
import { parseSearch } from '../../src/search';
import { COSTLY_FACT_SEARCHES, COSTLY_REPORT_SEARCHES, COSTLY_SEARCHES } from '../support/costly-searches';
import { openDatabase } from '../support/database';
import { expectWithin } from '../support/expect-within';
import { addSearchHosts, NOW } from '../support/search-hosts';

class SetClock extends Clock {
  now(): Date {
    return NOW;
  }
}
/** Of a busy machine; the searches that led to these limits took 3 to 17 seconds on an idle one. */
const BOUND_MS = 1_000;

describe('the most that the limits allow', () => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, close } = await openDatabase());
    await addSearchHosts(database);
  });
  afterAll(() => close());

  describe.each([
    ['hosts', HostListReadModel, COSTLY_SEARCHES, 'os_major'],
    ['reports', ReportListReadModel, COSTLY_REPORT_SEARCHES, 'environment'],
    ['facts', FactReadModel, COSTLY_FACT_SEARCHES, 'fact'],
  ] as const)('of %s', (_, Model, searches, order) => {
    it.each(Object.entries(searches))('%s: answered quickly', async (_name, text) => {
      const list = new Model(database, new SetClock());
      await expectWithin<unknown>(BOUND_MS, () =>
        list.page({ search: parseSearch(text), order, page: 1, perPage: 20 }),
      );
    });
  });

  it.each([
    ['reports', ReportListReadModel, 'host != a and host != b and host != c and web'],
    ['reports', ReportListReadModel, Array(11).fill('failed < 9').join(' and ')],
    ['facts', FactReadModel, 'value ~ a and value ~ b and host ~ c and fact ~ d'],
    ['facts', FactReadModel, Array(6).fill('value != a').join(' and ')],
  ])('%s: more is refused (%#)', async (_, Model, text) => {
    const page = new Model(database, new SetClock()).page({
      search: parseSearch(text),
      order: '',
      page: 1,
      perPage: 20,
    });
    await expect(page).rejects.toMatchObject({
      code: 'search_syntax',
      message: expect.stringContaining('at most') as string,
    });
  });
});
