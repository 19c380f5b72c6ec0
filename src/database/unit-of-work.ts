import { Logger } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { orUnavailable } from './database-away';
import type { NewRows } from './new-rows';
import { PreparedSql } from './prepared-sql';
import type { Dialect } from '../common/sql-types';
import type { SqlParams } from './sql';
import { RunnerSql, type SqlRunner } from './sql-runner';

/** What a work sees of its transaction. Never keep it beyond the work. */
export interface Transaction extends SqlRunner {
  readonly manager: EntityManager;
  /** Runs after the commit that made this work durable; not at all when it was rolled back. */
  afterCommit(callback: () => void): void;
}

const logger = new Logger('UnitOfWork');

class RunningTransaction implements Transaction {
  private readonly callbacks: (() => void)[] = [];
  readonly dialect: Dialect;

  constructor(
    private readonly sql: SqlRunner,
    readonly manager: EntityManager,
  ) {
    this.dialect = sql.dialect;
  }

  query<Row>(sql: string, params?: SqlParams): Promise<Row[]> {
    return this.sql.query<Row>(sql, params);
  }

  execute(sql: string, params?: SqlParams): Promise<number> {
    return this.sql.execute(sql, params);
  }

  insertRows<Row>(rows: NewRows): Promise<Row[]> {
    return this.sql.insertRows<Row>(rows);
  }

  afterCommit(callback: () => void): void {
    this.callbacks.push(callback);
  }

  /** What is committed stays so, whatever a callback throws. */
  committed(): void {
    for (const callback of this.callbacks) {
      try {
        callback();
      } catch (error) {
        logger.error(error, 'what follows a commit failed');
      }
    }
  }
}

/**
 * The only way to write: all of a work is committed, or nothing of it.
 * Resolves after the commit, so what it returns is durable. A work may run more than once, each time on a database
 * without its earlier changes: what it does elsewhere belongs into `afterCommit`.
 */
export abstract class UnitOfWork {
  /** Only where tests run: following asynchronous calls makes every promise of the process slower by half. */
  private readonly inside = process.env.NODE_ENV === 'test' ? new AsyncLocalStorage<true>() : null;

  /**
   * @throws whatever the work throws, after its changes are rolled back; in tests an Error when called inside another
   * work, which would wait for itself
   */
  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { inside } = this;
    if (inside === null) return this.schedule(work);
    if (inside.getStore()) throw new Error('UnitOfWork.run inside another work would wait for itself');
    return this.schedule((tx) => inside.run(true, () => work(tx)));
  }

  protected abstract schedule<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Waits until every accepted work is committed or refused. */
  abstract drained(): Promise<void>;
}

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
          else reject(outcome.error instanceof Error ? outcome.error : new Error(String(outcome.error)));
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
      throw orUnavailable(error);
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
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

const LOST = new Set([SERIALIZATION_FAILURE, DEADLOCK_DETECTED, UNIQUE_VIOLATION, FOREIGN_KEY_VIOLATION]);

function lostToAnother(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && LOST.has(code);
}
