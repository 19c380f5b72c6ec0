import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DataSource, MigrationExecutor, type DataSourceOptions, type EntityManager } from 'typeorm';
import { ConfigError, type DatabaseConfig } from '../config';
import { MIGRATIONS } from '../../migrations';
import type { Dialect } from '../common/sql-types';
import type { SqlParams } from './sql';
import { SnakeNaming } from './snake-naming';
import { PreparedSql } from './prepared-sql';
import { PooledSql, type SqlRunner } from './sql-runner';
import { PostgresUnitOfWork } from './postgres-unit-of-work';
import { SqliteUnitOfWork } from './sqlite-unit-of-work';
import type { UnitOfWork } from './unit-of-work';

/** A class with @Entity. */
export type EntityClass = new () => object;

const CACHE_KIB = 16_384;
/** 64 MB: pages that many uploads change are copied into the database once for all of them. */
const WAL_PAGES = 16_000;

interface Sqlite3 {
  pragma(text: string): unknown;
}

/**
 * One database behind one face: `unitOfWork` writes, the rest reads.
 * SQLite: one writing connection and one read-only connection, so that readers see committed rows only.
 */
export class Database implements SqlRunner {
  private constructor(
    readonly dialect: Dialect,
    private readonly writer: DataSource,
    private readonly reader: DataSource,
    private readonly readSql: SqlRunner,
    readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Opens the database and migrates it forward.
   * @throws ConfigError when it cannot be opened or a newer version made it; else when a migration fails (the database
   * is then as before it)
   */
  static async open(config: DatabaseConfig, entities: EntityClass[]): Promise<Database> {
    return config.kind === 'sqlite' ? this.openSqlite(config.path, entities) : this.openPostgres(config.url, entities);
  }

  private static async openSqlite(path: string, entities: EntityClass[]): Promise<Database> {
    const file = resolve(path);
    const prepareDatabase = (db: Sqlite3) => {
      db.pragma('synchronous = FULL'); // an acknowledged upload survives power loss
      db.pragma(`cache_size = -${CACHE_KIB}`);
      db.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
      db.pragma('case_sensitive_like = OFF');
    };
    const shared = {
      type: 'better-sqlite3',
      database: file,
      entities,
      prepareDatabase,
    } as const;
    const writer = await connect({ ...shared, enableWAL: true, migrations: MIGRATIONS });
    await migrateForward(writer);
    const reader = await connect({ ...shared, readonly: true });
    const readSql = new PreparedSql(reader);
    return new Database('sqlite', writer, reader, readSql, new SqliteUnitOfWork(writer));
  }

  private static async openPostgres(url: string, entities: EntityClass[]): Promise<Database> {
    const source = await connect({
      type: 'postgres',
      url,
      entities,
      migrations: MIGRATIONS,
      parseInt8: true,
      applicationName: 'foreman-ovirt',
    });
    await migrateAlone(source);
    return new Database('postgres', source, source, new PooledSql(source), new PostgresUnitOfWork(source));
  }

  /** For reading entities; writes go through `unitOfWork`. */
  get entities(): EntityManager {
    return this.reader.manager;
  }

  query<Row>(sql: string, params?: SqlParams): Promise<Row[]> {
    return this.readSql.query<Row>(sql, params);
  }

  /** How many rows of a table meet a condition; `table` is a name from our code, never from a caller. */
  count(table: string, { sql, params }: { sql: string; params: SqlParams }): Promise<number> {
    return this.number({ sql: `(SELECT count(*) FROM ${table} WHERE ${sql})`, params });
  }

  /** What an expression comes to; NULL is 0. */
  async number({ sql, params }: { sql: string; params: SqlParams }): Promise<number> {
    const [row] = await this.query<{ number: number | null }>(`SELECT ${sql} AS number`, params);
    return Number(row?.number ?? 0);
  }

  execute(): Promise<number> {
    return Promise.reject(new Error('Writes go through Database.unitOfWork'));
  }

  insertRows<Row>(): Promise<Row[]> {
    return this.execute().then(() => []);
  }

  /** The SQL that would bring the schema to what the entities say; empty when migrations and entities agree. */
  async drift(): Promise<string[]> {
    const { upQueries } = await this.writer.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  }

  /** Undoes the newest `count` migrations (tests only: it drops data). */
  async revert(count: number): Promise<void> {
    for (let left = count; left > 0; left--) await this.writer.undoLastMigration({ transaction: 'each' });
  }

  /** @throws ConfigError when a newer version made the schema */
  async migrate(): Promise<void> {
    await migrateForward(this.writer);
  }

  /** Commits what was accepted, then closes. */
  async close(): Promise<void> {
    await this.unitOfWork.drained();
    if (this.reader !== this.writer) await this.reader.destroy();
    await this.writer.destroy();
  }
}

/** @throws ConfigError when the database cannot be opened at all */
async function connect(options: DataSourceOptions): Promise<DataSource> {
  const source = new DataSource({
    ...options,
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    logging: false,
  });
  try {
    if (options.type === 'better-sqlite3') ensureFile(String(options.database));
    return await source.initialize();
  } catch (cause) {
    const reason = cause instanceof AggregateError ? String(cause.errors[0]) : (cause as Error).message;
    throw new ConfigError(`DATABASE_URL: ${placeOf(options)} cannot be used: ${reason}`, { cause });
  }
}

/** Readable by its owner alone, as is what SQLite puts beside it. */
function ensureFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '', { flag: 'a', mode: 0o600 });
}

/** Without user and password. */
function placeOf(options: DataSourceOptions): string {
  if (options.type !== 'postgres') return `the SQLite file "${String(options.database)}"`;
  const { host, pathname } = new URL(options.url ?? '');
  return `the PostgreSQL database ${pathname.slice(1)} at ${host}`;
}

/** @throws ConfigError when a newer version made the schema: an older one would write rows that lack what that relies on */
async function migrateForward(source: DataSource): Promise<void> {
  const ours = new Set(MIGRATIONS.map(({ name }) => name));
  const unknown = (await new MigrationExecutor(source).getExecutedMigrations()).find(({ name }) => !ours.has(name));
  if (unknown !== undefined)
    throw new ConfigError(
      `DATABASE_URL: a newer version of foreman-ovirt made ${placeOf(source.options)} (it has ${unknown.name}); run that version, or restore a backup from before the upgrade`,
    );
  await source.runMigrations({ transaction: 'each' });
}

const MIGRATION_LOCK = 4_207_311;

/** Several instances may start at once; one migrates, the others wait for it. */
async function migrateAlone(source: DataSource): Promise<void> {
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrateForward(source);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await lock.release();
  }
}
