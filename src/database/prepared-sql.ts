import type { Database as Connection, Statement } from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { inSlices } from '../common/slices';
import { ROWS_AT_ONCE, insertOneSql, type NewRows } from './new-rows';
import type { SqlParams } from './sql';
import type { SqlRunner } from './sql-runner';

const KEPT_STATEMENTS = 500;

/**
 * Runs prepared statements straight on a SQLite connection. TypeORM's own way to run a query takes longer than most of
 * our queries themselves.
 */
export class PreparedSql implements SqlRunner {
  readonly dialect = 'sqlite';
  private readonly statements = new LRUCache<string, Statement<unknown[]>>({ max: KEPT_STATEMENTS });

  /** @param connection such as TypeORM's, whose transactions the statements are part of then */
  constructor(private readonly connection: Connection) {}

  // eslint-disable-next-line @typescript-eslint/require-await -- a failing statement rejects, as everywhere
  async query<Row>(sql: string, params: SqlParams = []): Promise<Row[]> {
    const statement = this.statement(sql);
    if (statement.reader) return statement.all(...params.map(bound)) as Row[];
    statement.run(...params.map(bound));
    return [];
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- as above
  async execute(sql: string, params: SqlParams = []): Promise<number> {
    return this.statement(sql).run(...params.map(bound)).changes;
  }

  async insertRows<Row>(rows: NewRows): Promise<Row[]> {
    if (rows.rows.length === 0) return [];
    const statement = this.statement(insertOneSql(rows));
    const returned: Row[] = [];
    for await (const slice of inSlices(rows.rows, ROWS_AT_ONCE))
      for (const row of slice) {
        if (statement.reader) returned.push(...(statement.all(...row.map(bound)) as Row[]));
        else statement.run(...row.map(bound));
      }
    return returned;
  }

  private statement(sql: string): Statement<unknown[]> {
    let statement = this.statements.get(sql);
    if (statement === undefined) this.statements.set(sql, (statement = this.connection.prepare(sql)));
    return statement;
  }
}

/** SQLite has no booleans. */
function bound(value: SqlParams[number]): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}
