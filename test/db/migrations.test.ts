import { MIGRATIONS } from '../../migrations';
import type { Database } from '../../src/database';
import { openDatabase } from '../support/database';

/** The schema as it was right after the named migration. */
async function revertTo(database: Database, name: string): Promise<void> {
  await database.revert(MIGRATIONS.length - 1 - MIGRATIONS.findIndex((migration) => migration.name === name));
}

/** Columns with a foreign key that no index of all rows begins with, nor the primary key. */
const UNINDEXED_SQLITE = `SELECT t.name AS table_name, f."from" AS column_name
  FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table' AND NOT EXISTS (
    SELECT 1 FROM pragma_index_list(t.name) i, pragma_index_info(i.name) c WHERE i.partial = 0 AND c.seqno = 0 AND c.name = f."from")
  AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) p WHERE p.pk = 1 AND p.name = f."from")`;
const UNINDEXED_POSTGRES = `SELECT k.conrelid::regclass::text AS table_name, k.conname AS foreign_key FROM pg_constraint k
  WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indpred IS NULL AND i.indkey[0] = k.conkey[1])`;

describe('migrations', () => {
  it('give exactly what the entities declare, and go down and up again', async () => {
    const { database, close } = await openDatabase();
    expect(await database.drift()).toEqual([]);
    await database.revert(MIGRATIONS.length);
    await database.migrate();
    expect(await database.drift()).toEqual([]);
    await close();
  });

  it('index every column that refers to a table, so that deleting there reads no table as a whole', async () => {
    const { database, close } = await openDatabase();
    expect(await database.query(database.dialect === 'sqlite' ? UNINDEXED_SQLITE : UNINDEXED_POSTGRES)).toEqual([]);
    await close();
  });

  it('of a newer version stop an older one', async () => {
    const { database, close } = await openDatabase();
    await database.unitOfWork.run((tx) =>
      tx.execute("INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'AddWings9999999999999')"),
    );
    await expect(database.migrate()).rejects.toThrow(
      /^DATABASE_URL: a newer version of foreman-ovirt made the .* \(it has AddWings9999999999999\); run that version/,
    );
    await close();
  });

  it('bring a filled database of the first release forward without losing a row', async () => {
    const { database, close } = await openDatabase();
    await database.revert(MIGRATIONS.length - 1);
    await database.unitOfWork.run(async (tx) => {
      await tx.execute("INSERT INTO hosts (name, created_at, updated_at) VALUES ('web1', 1, 1)");
      await tx.execute(
        `INSERT INTO config_reports (host_id, origin, reported_at, applied, restarted, failed, failed_restarts, skipped, pending,
           runtime, config_retrieval, metrics, logs, created_at)
         SELECT id, 'Puppet', 1, 0, 0, 0, 0, 0, 0, 0, 0, '{}', '[]', 1 FROM hosts`,
      );
      await tx.execute("INSERT INTO fact_names (name, origin) VALUES ('os', 'Puppet')");
      await tx.execute(
        "INSERT INTO fact_values (host_id, fact_name_id, value, value_key) SELECT h.id, n.id, 'x', 'x' FROM hosts h, fact_names n",
      );
      await tx.execute("INSERT INTO users (login, created_at, updated_at) VALUES ('admin', 1, 1)");
      await tx.execute(
        "INSERT INTO sessions (token_digest, user_id, created_at, expires_at) SELECT 'x', id, 1, 1 FROM users",
      );
    });
    await database.migrate();
    for (const table of ['hosts', 'config_reports', 'fact_values', 'users', 'sessions'])
      expect([table, await database.query(`SELECT count(*) AS count FROM ${table}`)]).toEqual([table, [{ count: 1 }]]);
    await close();
  });

  it('make remembered virtual machines searchable', async () => {
    const { database, close } = await openDatabase();
    await revertTo(database, 'AddEnginesAndAudit1795301000000');
    await database.unitOfWork.run(async (tx) => {
      await tx.execute("INSERT INTO engines (origin, created_at) VALUES ('https://engine.example.com', 1)");
      await tx.execute(
        `INSERT INTO compute_resources (name, engine_id, url, username, sealed_password, created_at, updated_at)
         SELECT 'engine', id, '', '', '', 1, 1 FROM engines`,
      );
      await tx.execute(
        `INSERT INTO virtual_machines (compute_resource_id, vm_id, snapshot, seen_at) SELECT id, 'x', ?, 1 FROM compute_resources`,
        [JSON.stringify({ name: 'web1', status: 'up', vcpus: 2, memoryBytes: 4_294_967_296 })],
      );
    });
    await database.migrate();
    expect(await database.query('SELECT name, status, vcpus, memory_bytes FROM virtual_machines')).toEqual([
      { name: 'web1', status: 'up', vcpus: 2, memory_bytes: 4_294_967_296 },
    ]);
    await close();
  });
});
