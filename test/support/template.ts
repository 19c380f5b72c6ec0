import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTITIES } from '../../src/app.entities';
import type { DatabaseConfig } from '../../src/config';
import { Database } from '../../src/database';
import { TEMPLATE, recreateDatabase } from './postgres';

/** Once for all test files of a run (jest.config.js): makes the migrated database that each of theirs is a copy of. */
export default async function makeTemplate(): Promise<void> {
  const config = process.env.DB === 'postgres' ? await onPostgres() : inFile();
  await (await Database.open(config, ENTITIES)).close();
}

async function onPostgres(): Promise<DatabaseConfig> {
  return { kind: 'postgres', url: await recreateDatabase(process.env.DATABASE_URL ?? '', TEMPLATE) };
}

function inFile(): DatabaseConfig {
  const folder = mkdtempSync(join(tmpdir(), 'foreman-ovirt-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  return { kind: 'sqlite', path: (process.env.SQLITE_TEMPLATE = join(folder, 'template.sqlite')) };
}
