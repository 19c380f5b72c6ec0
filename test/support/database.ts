import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTITIES } from '../../src/app.entities';
import type { DatabaseConfig } from '../../src/config';
import { Database } from '../../src/database';
import './nested-works';
import { copyTemplate, createDatabaseOfLocale } from './postgres';

/** Which database this run tests: `DB=postgres` with the cluster's DATABASE_URL, or SQLite. */
const DIALECT = process.env.DB === 'postgres' ? 'postgres' : 'sqlite';

/** A migrated, empty database of the dialect under test; `drop` removes it. */
export async function makeDatabase(): Promise<{ config: DatabaseConfig; url: string; drop: () => Promise<void> }> {
  if (DIALECT === 'postgres') {
    const { url, drop } = await copyTemplate(process.env.DATABASE_URL ?? '');
    return { config: { kind: 'postgres', url }, url, drop };
  }
  const folder = mkdtempSync(join(tmpdir(), 'foreman-ovirt-test-'));
  const path = join(folder, 'test.sqlite');
  copyFileSync(process.env.SQLITE_TEMPLATE ?? '', path);
  return {
    config: { kind: 'sqlite', path },
    url: `sqlite:${path}`,
    drop: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
}

/** Locales of a database to test with: PostgreSQL's own of the tests, which sorts by code point, and an English one. */
export const LOCALES: readonly (string | undefined)[] = DIALECT === 'postgres' ? [undefined, 'en-US'] : [undefined];

/** Opens a fresh database for one test file. */
export async function openDatabase(locale?: string): Promise<{ database: Database; close: () => Promise<void> }> {
  const { config, drop } = locale === undefined ? await makeDatabase() : await makeDatabaseOf(locale);
  const database = await Database.open(config, ENTITIES);
  return {
    database,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

async function makeDatabaseOf(locale: string): Promise<{ config: DatabaseConfig; drop: () => Promise<void> }> {
  const { url, drop } = await createDatabaseOfLocale(process.env.DATABASE_URL ?? '', locale);
  return { config: { kind: 'postgres', url }, drop };
}
