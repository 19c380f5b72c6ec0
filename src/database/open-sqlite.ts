import type { Database as Connection } from 'better-sqlite3';
import { resolve } from 'node:path';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations';
import { connect } from './connect';
import type { DatabaseLimits, DatabaseParts, EntityClass } from './database-parts';
import { migrateForward } from './migrate';
import { PreparedSql } from './prepared-sql';
import { SearchProcesses } from './search-processes';
import { prepareConnection } from './sqlite-connection';
import { SqliteFile } from './sqlite-file';
import { SqliteUnitOfWork } from './sqlite-unit-of-work';

/** For so long a read waits for another process that has the file for itself, which in WAL mode is rare. */
const READ_WAIT_MS = 50;

/** One writing connection and one read-only connection, so that readers see committed rows only, and processes that search. */
export async function openSqlite(
  path: string,
  entities: EntityClass[],
  limits: DatabaseLimits,
): Promise<DatabaseParts> {
  const database = resolve(path);
  const shared = { type: 'better-sqlite3', database, entities, prepareDatabase: prepareConnection } as const;
  const writer = await connect({ ...shared, enableWAL: true, migrations: MIGRATIONS });
  await migrateForward(writer);
  connectionOf(writer).pragma('busy_timeout = 0'); // from here on waiting would hold up everything
  const reader = await connect({ ...shared, readonly: true, timeout: READ_WAIT_MS });
  const file = new SqliteFile(database);
  const searches = new SearchProcesses(database, limits.searchMs);
  return {
    dialect: 'sqlite',
    writer,
    reader,
    readSql: new PreparedSql(connectionOf(reader)),
    unitOfWork: new SqliteUnitOfWork(writer.createQueryRunner(), new PreparedSql(connectionOf(writer)), file),
    searches,
    file,
    close: async () => {
      searches.close();
      await reader.destroy();
      await writer.destroy();
    },
  };
}

/** TypeORM's connection to a SQLite file. */
function connectionOf({ driver }: DataSource): Connection {
  return (driver as unknown as { databaseConnection: Connection }).databaseConnection;
}
