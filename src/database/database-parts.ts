import type { DataSource } from 'typeorm';
import type { SqlDialect } from '../common/sql-dialect';
import type { Reader } from './reader';
import type { SqliteFile } from './sqlite-file';
import type { SqlRunner } from './sql-runner';
import type { UnitOfWork } from './unit-of-work';

/** A class with @Entity. */
export type EntityClass = new () => object;

export interface DatabaseLimits {
  /** A search waits and runs for at most so long. */
  searchMs: number;
}
/** What a database is made of. */
export interface DatabaseParts {
  dialect: SqlDialect;
  writer: DataSource;
  reader: DataSource;
  readSql: SqlRunner;
  unitOfWork: UnitOfWork;
  searches: Reader;
  file?: SqliteFile;
  close: () => Promise<void>;
}
