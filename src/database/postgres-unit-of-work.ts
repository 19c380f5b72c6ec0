import type { DataSource } from 'typeorm';
import { codeOf, databaseFault } from './database-fault';
import { RunnerSql, leave } from './sql-runner';
import { RunningTransaction, UnitOfWork, type Transaction } from './unit-of-work';

const TRIES = 4;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
/** What a work made sure is not there, another one made meanwhile; what it found, another one removed: run again, it sees. */
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

/** PostgreSQL: a transaction each; one that lost to a concurrent one is run again. */
export class PostgresUnitOfWork extends UnitOfWork {
  private readonly running = new Set<Promise<unknown>>();

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  protected schedule<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const done = this.tryUpTo(TRIES, work);
    const tracked = done.catch(() => undefined).finally(() => this.running.delete(tracked));
    this.running.add(tracked);
    return done;
  }

  async drained(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private async tryUpTo<T>(tries: number, work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.once(work);
    } catch (error) {
      if (tries > 1 && lostToAnother(error)) return this.tryUpTo(tries - 1, work);
      throw databaseFault(error);
    }
  }

  private async once<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const tx = new RunningTransaction(new RunnerSql(runner), runner.manager);
    try {
      await runner.startTransaction();
      const value = await work(tx);
      await runner.commitTransaction();
      tx.committed();
      return value;
    } catch (error) {
      await leave(runner, error);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

const LOST = new Set([SERIALIZATION_FAILURE, DEADLOCK_DETECTED, UNIQUE_VIOLATION, FOREIGN_KEY_VIOLATION]);

const lostToAnother = (error: unknown): boolean => LOST.has(codeOf(error));
