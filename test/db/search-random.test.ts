import fc from 'fast-check';
import { AppError } from '../../src/common/app-error';
import { Clock } from '../../src/common/clock';
import { Database } from '../../src/database';
import { FactReadModel } from '../../src/hosts/facts/fact.read-model';
import { HostListReadModel } from '../../src/hosts/host-list.read-model';
import { hostFields } from '../../src/hosts/host-search.fields';
import { ReportListReadModel } from '../../src/report-pages/report-list.read-model';
import { parseSearch } from '../../src/search';
import { openDatabase } from '../support/database';
import { expectWithin } from '../support/expect-within';
import { addSearchHosts, NOW } from '../support/search-hosts';

class SetClock extends Clock {
  now(): Date {
    return NOW;
  }
}
/** Of a busy machine, for a handful of hosts. */
const BOUND_MS = 1_000;
const RUNS = 400;

const names = fc.constantFrom(...hostFields.names, 'facts.size', '"facts.a b"', 'host', 'fact', 'value', 'environment');
const operators = fc.constantFrom('=', '!=', '~', '!~', '<', '<=', '>', '>=', '^', '!^');
const words = fc.oneof(
  fc.constantFrom(
    '1',
    '-1',
    '99999999999',
    '1e308',
    'true',
    'today',
    '"2 days ago"',
    'ok',
    '""',
    "' OR 1=1 --",
    '*',
    '?',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const quoted = words.map((word) => `"${word.replace(/["\\]/g, '\\$&')}"`);
const values = fc.oneof(
  words,
  quoted,
  fc.array(fc.oneof(words, quoted), { minLength: 1, maxLength: 30 }).map((list) => `(${list.join(',')})`),
);
const conditions = fc.tuple(names, operators, values).map((parts) => parts.join(' '));
const presences = fc.tuple(fc.constantFrom('has', 'null?', 'not has'), names).map((parts) => parts.join(' '));
const pieces = fc.oneof(
  { weight: 4, arbitrary: conditions },
  presences,
  quoted,
  words,
  fc.constantFrom('and', 'or', 'not', '(', ')', ','),
);
const joined = fc
  .array(
    fc.tuple(fc.oneof(conditions, presences, quoted), fc.constantFrom('and', 'or', '', ',', 'and not', 'or not')),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((parts) => parts.flat().slice(0, -1).join(' '));
/** Some that are mostly understood, some that mostly are not. */
const texts = fc.oneof(
  { weight: 3, arbitrary: conditions },
  { weight: 3, arbitrary: joined },
  fc.array(pieces, { maxLength: 12 }).map((all) => all.join(' ')),
  fc.string({ unit: 'binary', maxLength: 100 }),
);
const orders = fc.tuple(
  fc.constantFrom('', ...hostFields.names, 'reported', 'x;--'),
  fc.constantFrom('', ' asc', ' desc'),
);

describe('any text', () => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, close } = await openDatabase());
    await addSearchHosts(database);
  });
  afterAll(() => close());

  it('is answered quickly by hosts, reports and facts, or refused as not understood', async () => {
    const clock = new SetClock();
    const lists = [
      new HostListReadModel(database, clock),
      new ReportListReadModel(database, clock),
      new FactReadModel(database, clock),
    ];
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(texts, orders, async (text, order) => {
        for (const list of lists) {
          if (await expectWithin(BOUND_MS, () => isAnswered(list, text, order.join('')))) answered++;
        }
      }),
      { numRuns: RUNS },
    );
    expect(answered).toBeGreaterThan(RUNS / 10);
  }, 120_000);
});

type List = Pick<HostListReadModel, 'page'> | Pick<ReportListReadModel, 'page'> | Pick<FactReadModel, 'page'>;

async function isAnswered(list: List, text: string, order: string): Promise<boolean> {
  try {
    await list.page({ search: parseSearch(text), order, page: 1, perPage: 20 });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'search_syntax') return false;
    throw error;
  }
}
