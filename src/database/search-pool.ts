import type { DataSource } from 'typeorm';
import { Reader } from './reader';
import { searchesBusy, searchTooSlow } from './search-fault';
import type { SqlParams } from './sql';
import { PooledSql } from './sql-runner';

const QUERY_CANCELED = '57014';

/** Reads PostgreSQL for searches, over connections that are theirs alone and that stop what takes too long. */
export class SearchPool extends Reader {
  readonly dialect = 'postgres';
  private readonly sql: PooledSql;

  /** @param source its connections have a statement timeout of `patienceMs` */
  constructor(
    source: DataSource,
    private readonly patienceMs: number,
  ) {
    super();
    this.sql = new PooledSql(source);
  }

  /** @throws AppError search_too_slow, unavailable */
  async query<Row>(sql: string, params?: SqlParams): Promise<Row[]> {
    try {
      return await this.sql.query<Row>(sql, params);
    } catch (error) {
      const { code, message = '' } = ((error as Error).cause ?? {}) as Partial<NodeJS.ErrnoException>;
      if (code === QUERY_CANCELED) throw searchTooSlow(this.patienceMs);
      if (message.startsWith('timeout exceeded when trying to connect')) throw searchesBusy();
      throw error;
    }
  }
}
