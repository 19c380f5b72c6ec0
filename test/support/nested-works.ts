import { AsyncLocalStorage } from 'node:async_hooks';
import { UnitOfWork, type Transaction } from '../../src/database/unit-of-work';

type Run = (this: UnitOfWork, work: (tx: Transaction) => Promise<unknown>) => Promise<unknown>;

const inside = new AsyncLocalStorage<UnitOfWork>();
const works: { run: Run } = UnitOfWork.prototype;
const { run } = works;

/**
 * A work inside a work of the same database waits for itself: on SQLite for ever, on PostgreSQL when connections are
 * short. Where tests run it is an error. The service does not look: following asynchronous calls makes every promise of
 * the process slower by half.
 */
works.run = async function (work) {
  if (inside.getStore() === this) throw new Error('UnitOfWork.run inside another work would wait for itself');
  return run.call(this, (tx) => inside.run(this, () => work(tx)));
};

// one that is left behind makes every later promise of the process slower
afterAll(() => inside.disable());
