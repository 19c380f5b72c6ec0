import type { SqlDialect } from '../common/sql-dialect';
import type { SqlParams } from './sql';

/** What reads rows. */
export abstract class Reader {
  abstract readonly dialect: SqlDialect;

  /** Rows of a SELECT. The caller states the row's shape, which its own SQL decides. */
  abstract query<Row>(sql: string, params?: SqlParams): Promise<Row[]>;

  /** How many rows of a table meet a condition; `table` is a name from our code, never from a caller. */
  count(table: string, { sql, params }: { sql: string; params: SqlParams }): Promise<number> {
    return this.number({ sql: `(SELECT count(*) FROM ${table} WHERE ${sql})`, params });
  }

  /** What an expression comes to; NULL is 0. */
  async number({ sql, params }: { sql: string; params: SqlParams }): Promise<number> {
    const [row] = await this.query<{ number: number | null }>(`SELECT ${sql} AS number`, params);
    return Number(row?.number ?? 0);
  }
}
