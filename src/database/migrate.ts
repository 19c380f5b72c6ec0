import { MigrationExecutor, type DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations';
import { ConfigError } from '../config';
import { placeOf } from './connect';

/** @throws ConfigError when a newer version made the schema: an older one would write rows that lack what that relies on */
export async function migrateForward(source: DataSource): Promise<void> {
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
export async function migrateAlone(source: DataSource): Promise<void> {
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrateForward(source);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await lock.release();
  }
}
