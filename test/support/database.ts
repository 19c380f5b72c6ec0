import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTITIES } from '../../src/app.entities';
import type { DatabaseConfig } from '../../src/config';
import { Database } from '../../src/database';
import { createDatabase, ensureTemplate } from './postgres';

/** Which database this run tests: `DB=postgres` with the cluster's DATABASE_URL, or SQLite. */
const DIALECT = process.env.DB === 'postgres' ? 'postgres' : 'sqlite';

/** A migrated, empty database of the dialect under test; `drop` removes it. */
export async function makeDatabase(): Promise<{ config: DatabaseConfig; url: string; drop: () => Promise<void> }> {
  if (DIALECT === 'postgres') {
    const template = await ensureTemplate(process.env.DATABASE_URL ?? '', async (url) => {
      await (await Database.open({ kind: 'postgres', url }, ENTITIES)).close();
    });
    const { url, drop } = await createDatabase(template);
    return { config: { kind: 'postgres', url }, url, drop };
  }
  const folder = mkdtempSync(join(tmpdir(), 'foreman-ovirt-test-'));
  const path = join(folder, 'test.sqlite');
  return {
    config: { kind: 'sqlite', path },
    url: `sqlite:${path}`,
    drop: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
}

/** Opens a fresh database for one test file. */
export async function openDatabase(): Promise<{ database: Database; close: () => Promise<void> }> {
  const { config, drop } = await makeDatabase();
  const database = await Database.open(config, ENTITIES);
  return {
    database,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}
