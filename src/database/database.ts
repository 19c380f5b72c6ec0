import type { EntityManager } from 'typeorm';
import { MIGRATIONS } from '../../migrations';
import type { SqlDialect } from '../common/sql-dialect';
import type { DatabaseConfig } from '../config';
import { DatabaseUnavailable, databaseFault } from './database-fault';
import type { DatabaseLimits, DatabaseParts, EntityClass } from './database-parts';
import { migrateForward } from './migrate';
import { openPostgres } from './open-postgres';
import { openSqlite } from './open-sqlite';
import { Reader } from './reader';
import type { SqlParams } from './sql';
import type { SqlRunner } from './sql-runner';
import type { UnitOfWork } from './unit-of-work';

const LIMITS: DatabaseLimits = { searchMs: 5_000 };

/**
 * One database behind one face: `unitOfWork` writes, `searches` reads what may take long, the rest reads by key.
 */
export class Database extends Reader implements SqlRunner {
  readonly dialect: SqlDialect;
  readonly unitOfWork: UnitOfWork;
  /** For what people search for: stopped when it takes too long, and in nobody's way until then. */
  readonly searches: Reader;

  private constructor(private readonly parts: DatabaseParts) {
    super();
    ({ dialect: this.dialect, unitOfWork: this.unitOfWork, searches: this.searches } = parts);
  }

  /**
   * Opens the database and migrates it forward.
   * @throws ConfigError when it cannot be opened or a newer version made it; else when a migration fails (the database
   * is then as before it)
   */
  static async open(config: DatabaseConfig, entities: EntityClass[], limits = LIMITS): Promise<Database> {
    const parts =
      config.kind === 'sqlite'
        ? await openSqlite(config.path, entities, limits)
        : await openPostgres(config.url, entities, limits);
    return new Database(parts);
  }

  /** Reads entities; writes go through `unitOfWork`. */
  async entities<T>(read: (entities: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await read(this.parts.reader.manager);
    } catch (error) {
      throw databaseFault(error);
    }
  }

  async query<Row>(sql: string, params?: SqlParams): Promise<Row[]> {
    try {
      return await this.parts.readSql.query<Row>(sql, params);
    } catch (error) {
      throw databaseFault(error);
    }
  }

  execute(): Promise<number> {
    return Promise.reject(new Error('Writes go through Database.unitOfWork'));
  }

  insertRows<Row>(): Promise<Row[]> {
    return this.execute().then(() => []);
  }

  /** Cheap, and in nobody's way. @throws DatabaseUnavailable that tells why nothing can be read or written at present */
  async check(): Promise<void> {
    const { file, unitOfWork } = this.parts;
    file?.check();
    const [newest] = await this.query<{ name: string }>('SELECT name FROM migrations ORDER BY id DESC LIMIT 1');
    if (newest?.name !== MIGRATIONS.at(-1)?.name)
      throw new DatabaseUnavailable(
        'schema_changed',
        `Another version of foreman-ovirt has changed the database (${newest?.name ?? 'its migrations are gone'}): restart this one, or upgrade it`,
      );
    if (unitOfWork.fault !== null) await unitOfWork.run((tx) => tx.execute(TOUCH));
  }

  /** The SQL that would bring the schema to what the entities say; empty when migrations and entities agree. */
  async drift(): Promise<string[]> {
    const { upQueries } = await this.parts.writer.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  }

  /** Undoes the newest `count` migrations (tests only: it drops data). */
  async revert(count: number): Promise<void> {
    for (let left = count; left > 0; left--) await this.parts.writer.undoLastMigration({ transaction: 'each' });
  }

  /** @throws ConfigError when a newer version made the schema */
  async migrate(): Promise<void> {
    await migrateForward(this.parts.writer);
  }

  /** Commits what was accepted, then closes. */
  async close(): Promise<void> {
    await this.unitOfWork.drained();
    await this.parts.close();
  }
}

/** Writes and changes nothing. */
const TOUCH = 'UPDATE migrations SET name = name WHERE id = (SELECT max(id) FROM migrations)';
