import type { DataSource, QueryRunner } from 'typeorm';
import { databaseFault } from './database-fault';
import { PreparedSql } from './prepared-sql';
import type { SqlRunner } from './sql-runner';
import { RunningTransaction, UnitOfWork, type Transaction } from './unit-of-work';

interface Job {
  work: (tx: Transaction) => Promise<unknown>;
  settle: (outcome: Outcome) => void;
}
type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

/** At most this many works share one commit, so that none waits long. */
const COMMIT_TOGETHER = 64;

/**
 * SQLite has one writer. Works queue up; those that wait together share one commit (one fsync). When one of them fails,
 * all are rolled back and run again, each in a savepoint of its own, so that the failing one takes nothing of the others
 * with it. Not at once: a savepoint copies every page its work changes, and works seldom fail.
 */
export class SqliteUnitOfWork extends UnitOfWork {
  private queue: Job[] = [];
  private draining: Promise<void> | null = null;
  private readonly runner: QueryRunner;
  private readonly sql: SqlRunner;

  constructor(dataSource: DataSource) {
    super();
    this.runner = dataSource.createQueryRunner();
    this.sql = new PreparedSql(dataSource);
  }

  protected schedule<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({
        work,
        settle: (outcome) => {
          if (outcome.ok) resolve(outcome.value as T);
          else reject(databaseFault(outcome.error));
        },
      });
      this.draining ??= this.drain();
    });
  }

  async drained(): Promise<void> {
    while (this.draining) await this.draining;
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      await this.arrivals();
      await this.commitTogether(this.queue.splice(0, COMMIT_TOGETHER));
    }
    this.draining = null; // in the turn that saw the queue empty: a work that comes later begins anew
  }

  /** Lets requests that already arrived join the next commit: as long as each turn of the event loop brings another. */
  private async arrivals(): Promise<void> {
    let waiting: number;
    do {
      waiting = this.queue.length;
      await new Promise(setImmediate);
    } while (this.queue.length > waiting && this.queue.length < COMMIT_TOGETHER);
  }

  private async commitTogether(jobs: Job[], attempt: Attempt = unguarded): Promise<void> {
    const { runner, sql } = this;
    const settled: (() => void)[] = [];
    try {
      await sql.execute('BEGIN IMMEDIATE'); // not deferred, as TypeORM begins: another process may write, too
      markActive(runner, true);
      for (const job of jobs) {
        const tx = new RunningTransaction(sql, runner.manager);
        const outcome = await attempt(sql, tx, job);
        settled.push(() => {
          if (outcome.ok) tx.committed();
          job.settle(outcome);
        });
      }
      await sql.execute('COMMIT');
    } catch (error) {
      await sql.execute('ROLLBACK').catch(() => undefined);
      if (attempt === unguarded && jobs.length > 1) return await this.commitTogether(jobs, inSavepoint);
      for (const job of jobs) job.settle({ ok: false, error });
      return;
    } finally {
      markActive(runner, false);
    }
    for (const settle of settled) settle();
  }
}

/** Tells TypeORM of a transaction that plain SQL began, so that its entity manager opens none of its own. */
function markActive(runner: QueryRunner, isTransactionActive: boolean): void {
  Object.assign(runner, { isTransactionActive });
}

type Attempt = (sql: SqlRunner, tx: Transaction, job: Job) => Promise<Outcome>;

async function unguarded(_: SqlRunner, tx: Transaction, job: Job): Promise<Outcome> {
  return { ok: true, value: await job.work(tx) };
}

async function inSavepoint(sql: SqlRunner, tx: Transaction, job: Job): Promise<Outcome> {
  await sql.execute('SAVEPOINT work');
  let outcome: Outcome;
  try {
    outcome = { ok: true, value: await job.work(tx) };
  } catch (error) {
    outcome = { ok: false, error };
    await sql.execute('ROLLBACK TO work');
  }
  await sql.execute('RELEASE work');
  return outcome;
}
