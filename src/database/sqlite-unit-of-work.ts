import { setTimeout as pause } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { codeOf, databaseFault } from './database-fault';
import type { SqliteFile } from './sqlite-file';
import type { SqlRunner } from './sql-runner';
import { RunningTransaction, UnitOfWork, type Transaction } from './unit-of-work';

interface Job {
  work: (tx: Transaction) => Promise<unknown>;
  settle: (outcome: Outcome) => void;
}
type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

/** At most this many works share one commit, so that none waits long. */
const COMMIT_TOGETHER = 64;
/** None joins works that took so long: a commit of much is written at a stretch. */
const LONG_MS = 50;

/** For so long works wait for another process that writes; the service goes on meanwhile. */
const LOCK_PATIENCE_MS = 5_000;
const LOCK_RETRY_MS = 20;

/**
 * SQLite has one writer. Works queue up; those that wait together share one commit (one fsync). When one of them fails,
 * all are rolled back and run again, each in a savepoint of its own, so that the failing one takes nothing of the others
 * with it. Not at once: a savepoint copies every page its work changes, and works seldom fail.
 */
export class SqliteUnitOfWork extends UnitOfWork {
  private queue: Job[] = [];
  private draining: Promise<void> | null = null;

  /** @param sql runs on the connection of `runner`, which never waits for a lock by itself: it would hold up everything */
  constructor(
    private readonly runner: QueryRunner,
    private readonly sql: SqlRunner,
    private readonly file: SqliteFile,
  ) {
    super();
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
    const { runner, sql, file } = this;
    const settled: (() => void)[] = [];
    try {
      file.check();
      await this.begin();
    } catch (error) {
      return refuse([...jobs, ...this.queue.splice(0)], error); // the others have waited, too
    }
    markActive(runner, true);
    const taken: Job[] = [];
    const startedAt = performance.now();
    try {
      for (const job of jobs) {
        if (taken.length > 0 && performance.now() - startedAt > LONG_MS) break;
        taken.push(job);
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
      if (attempt === unguarded && taken.length > 1) return await this.commitTogether(taken, inSavepoint);
      return refuse(taken, error);
    } finally {
      markActive(runner, false);
      this.queue.unshift(...jobs.slice(taken.length));
    }
    try {
      file.check(); // nothing is acknowledged that the next start would not find
    } catch (error) {
      return refuse(taken, error);
    }
    for (const settle of settled) settle();
  }

  /** Not deferred, as TypeORM begins: another process may write, too. */
  private async begin(): Promise<void> {
    const until = Date.now() + LOCK_PATIENCE_MS;
    for (;;) {
      try {
        await this.sql.execute('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isLocked(error) || Date.now() > until) throw error;
        await pause(LOCK_RETRY_MS);
      }
    }
  }
}

function refuse(jobs: readonly Job[], error: unknown): void {
  for (const job of jobs) job.settle({ ok: false, error });
}

const isLocked = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY');

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
    // A full disk may have rolled back all of it already: then this error is the one to tell.
    await sql.execute('ROLLBACK TO work').catch(() => {
      throw error;
    });
  }
  await sql.execute('RELEASE work');
  return outcome;
}
