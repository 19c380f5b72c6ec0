import {
  Table,
  TableForeignKey,
  TableIndex,
  type MigrationInterface,
  type QueryRunner,
  type TableColumnOptions,
} from 'typeorm';

const column = (name: string, type: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type,
  ...more,
});
const nullable = { isNullable: true };
const refers = (to: string, columnName: string, table: string, key = 'id') =>
  new TableForeignKey({
    name: `fk_access_keys_${to}`,
    columnNames: [columnName],
    referencedTableName: table,
    referencedColumnNames: [key],
    onDelete: 'CASCADE',
  });
const index = (name: string, columnName: string, isUnique = false) =>
  new TableIndex({ name, columnNames: [columnName], isUnique });

function accessKeys(isPostgres: boolean): Table {
  // TypeORM's SQLite driver spells boolean defaults 1 and 0
  const flag = (name: string) => column(name, 'boolean', { default: isPostgres ? 'false' : '0' });
  const sorted = (name: string) => column(name, 'text', isPostgres ? { collation: 'C' } : {});
  return new Table({
    name: 'access_keys',
    columns: [
      column('id', 'integer', { isPrimary: true, isGenerated: true, generationStrategy: 'increment' }),
      column('user_id', 'integer'),
      column('compute_resource_id', 'integer'),
      sorted('name'),
      sorted('access_key_id'),
      column('sealed_secret', 'text'),
      sorted('kind'),
      column('engine_user', 'text', nullable),
      column('sealed_password', 'text', nullable),
      column('engine_origin', 'text', nullable),
      flag('password_refused'),
      column('session_digest', 'text', nullable),
      column('token_digest', 'text', nullable),
      column('datacenter_id', 'text', nullable),
      column('datacenter_name', 'text', nullable),
      flag('read_only'),
      column('expires_at', 'bigint', nullable),
      column('default_ttl_minutes', 'integer', nullable),
      column('quota_instances', 'integer', nullable),
      column('quota_vcpus', 'integer', nullable),
      column('quota_memory_mib', 'integer', nullable),
      column('created_at', 'bigint'),
      column('last_used_at', 'bigint', nullable),
      flag('revoked'),
    ],
    indices: [
      index('uq_access_keys_access_key_id', 'access_key_id', true),
      index('idx_access_keys_user', 'user_id'),
      index('idx_access_keys_compute_resource', 'compute_resource_id'),
      index('idx_access_keys_session', 'session_digest'),
    ],
    foreignKeys: [
      refers('user', 'user_id', 'users'),
      refers('compute_resource', 'compute_resource_id', 'compute_resources'),
      refers('session', 'session_digest', 'sessions', 'token_digest'),
    ],
  });
}

/** Credentials of programs that act at an engine. */
export class AddAccessKeys1795722000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(accessKeys(runner.dataSource.options.type === 'postgres'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('access_keys');
  }
}
