import { MIGRATIONS } from '../../migrations';
import { connect } from './connect';
import type { DatabaseLimits, DatabaseParts, EntityClass } from './database-parts';
import { migrateAlone } from './migrate';
import { PostgresUnitOfWork } from './postgres-unit-of-work';
import { SearchPool } from './search-pool';
import { PooledSql } from './sql-runner';

/** Of a PostgreSQL that is well; without them one that hangs would hold what waits for it for ever. */
const STATEMENT_MS = 10_000;
const LOCK_MS = 5_000;
const WAIT_MS = 5_000;
const CONNECTIONS = 10;
const SEARCH_CONNECTIONS = 4;
/** By so much the server, which tells why, is to be quicker than we are. */
const SILENCE_MS = 2_000;

/** A pool for all but searches, and one for these; a third migrates, which may take any time. */
export async function openPostgres(
  url: string,
  entities: EntityClass[],
  limits: DatabaseLimits,
): Promise<DatabaseParts> {
  const shared = { type: 'postgres', url, entities, parseInt8: true, applicationName: 'foreman-ovirt' } as const;
  const migrating = await connect({ ...shared, migrations: MIGRATIONS, poolSize: 2 });
  await migrateAlone(migrating).finally(() => migrating.destroy());
  const source = await connect({
    ...shared,
    migrations: MIGRATIONS,
    extra: pool({ connections: CONNECTIONS, statementMs: STATEMENT_MS }),
  });
  const { searchMs } = limits;
  const ofSearches = pool({ connections: SEARCH_CONNECTIONS, statementMs: searchMs });
  const searching = await connect({ ...shared, extra: ofSearches });
  return {
    dialect: 'postgres',
    writer: source,
    reader: source,
    readSql: new PooledSql(source),
    unitOfWork: new PostgresUnitOfWork(source),
    searches: new SearchPool(searching, searchMs),
    close: async () => {
      await searching.destroy();
      await source.destroy();
    },
  };
}

/** Settings of PostgreSQL's driver (https://node-postgres.com/apis/client). */
function pool(limits: { connections: number; statementMs: number }): object {
  return {
    max: limits.connections,
    connectionTimeoutMillis: WAIT_MS,
    statement_timeout: limits.statementMs,
    lock_timeout: Math.min(LOCK_MS, limits.statementMs),
    query_timeout: limits.statementMs + SILENCE_MS,
    keepAlive: true,
  };
}
