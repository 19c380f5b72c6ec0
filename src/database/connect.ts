import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ConfigError } from '../config';
import { SnakeNaming } from './snake-naming';

/** @throws ConfigError when the database cannot be opened at all */
export async function connect(options: DataSourceOptions): Promise<DataSource> {
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
export function placeOf(options: DataSourceOptions): string {
  if (options.type !== 'postgres') return `the SQLite file "${String(options.database)}"`;
  const { host, pathname } = new URL(options.url ?? '');
  return `the PostgreSQL database ${pathname.slice(1)} at ${host}`;
}
