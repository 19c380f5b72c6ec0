import { Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SqlDialect } from '../common/sql-dialect';
import type { NewRows } from './new-rows';
import type { SqlParams } from './sql';
import { DatabaseUnavailable } from './database-fault';
import type { SqlRunner } from './sql-runner';

/** What a work sees of its transaction. Never keep it beyond the work. */
export interface Transaction extends SqlRunner {
  readonly manager: EntityManager;
  /** Runs after the commit that made this work durable; not at all when it was rolled back. */
  afterCommit(callback: () => void): void;
}

const logger = new Logger('UnitOfWork');

/** The transaction of a work that runs, on the connection that `sql` and `manager` share. */
export class RunningTransaction implements Transaction {
  private readonly callbacks: (() => void)[] = [];
  readonly dialect: SqlDialect;

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
  /** Why the newest work was not committed, where that was the database's fault. */
  fault: DatabaseUnavailable | null = null;

  /**
   * Never called inside another work, which would wait for itself.
   * @throws whatever the work throws, after its changes are rolled back
   */
  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      const value = await this.schedule(work);
      this.fault = null;
      return value;
    } catch (error) {
      if (error instanceof DatabaseUnavailable) this.fault = error;
      throw error;
    }
  }

  protected abstract schedule<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Waits until every accepted work is committed or refused. */
  abstract drained(): Promise<void>;
}
