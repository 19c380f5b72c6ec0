import type { DataSource, QueryRunner } from 'typeorm';
import type { SqlDialect } from '../common/sql-dialect';
import { inSlices } from '../common/slices';
import { databaseFault, isSilence } from './database-fault';
import { ROWS_AT_ONCE, insertAllSql, type NewRows } from './new-rows';
import { toPostgres, type SqlParams } from './sql';

/** Runs SQL with `?` placeholders on either database. */
export interface SqlRunner {
  readonly dialect: SqlDialect;
  /** Rows of a SELECT or of RETURNING. The caller states the row's shape, which its own SQL decides. */
  query<Row>(sql: string, params?: SqlParams): Promise<Row[]>;
  /** Number of rows an INSERT, UPDATE or DELETE without RETURNING changed. */
  execute(sql: string, params?: SqlParams): Promise<number>;
  /** Inserts rows in the way that is quickest on this database. @returns what `then` returns of each row */
  insertRows<Row>(rows: NewRows): Promise<Row[]>;
}

/** Runs SQL over one TypeORM query runner on PostgreSQL. */
export class RunnerSql implements SqlRunner {
  readonly dialect = 'postgres';

  constructor(private readonly runner: QueryRunner) {}

  async query<Row>(sql: string, params: SqlParams = []): Promise<Row[]> {
    return (await this.run(sql, params)).records as Row[];
  }

  async execute(sql: string, params: SqlParams = []): Promise<number> {
    return (await this.run(sql, params)).affected ?? 0;
  }

  async insertRows<Row>(rows: NewRows): Promise<Row[]> {
    const returned: Row[] = [];
    for await (const slice of inSlices(rows.rows, ROWS_AT_ONCE))
      returned.push(...(await this.query<Row>(insertAllSql(rows), [JSON.stringify(slice)])));
    return returned;
  }

  private run(sql: string, params: SqlParams) {
    return this.runner.query(toPostgres(sql), params as unknown[], true);
  }
}

/** Runs each query on a pooled PostgreSQL connection of its own. */
export class PooledSql implements SqlRunner {
  readonly dialect = 'postgres';

  constructor(private readonly source: DataSource) {}

  query<Row>(sql: string, params?: SqlParams): Promise<Row[]> {
    return this.borrowed((runner) => runner.query<Row>(sql, params));
  }

  execute(sql: string, params?: SqlParams): Promise<number> {
    return this.borrowed((runner) => runner.execute(sql, params));
  }

  insertRows<Row>(rows: NewRows): Promise<Row[]> {
    return this.borrowed((runner) => runner.insertRows<Row>(rows));
  }

  private async borrowed<T>(use: (sql: SqlRunner) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      return await use(new RunnerSql(runner));
    } catch (error) {
      await leave(runner, error);
      throw databaseFault(error);
    } finally {
      await runner.release();
    }
  }
}

/** Before a connection goes back to its pool after an error: nothing stays open on it, and a silent one is closed. */
export async function leave(runner: QueryRunner, error: unknown): Promise<void> {
  if (isSilence(error)) await ((await runner.connect()) as { end: () => Promise<void> }).end();
  else if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
}
