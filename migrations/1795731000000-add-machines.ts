import { Table, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const text = (name: string, more = {}) => ({ name, type: 'text', ...more });
const integer = (name: string, more = {}) => ({ name, type: 'integer', ...more });
const instant = (name: string, more = {}) => ({ name, type: 'bigint', ...more });
const none = { isNullable: true };

const machines = new Table({
  name: 'machines',
  columns: [
    integer('id', { isPrimary: true, isGenerated: true, generationStrategy: 'increment' }),
    integer('compute_resource_id'),
    text('vm_id'),
    text('name'),
    text('state'),
    instant('state_at'),
    integer('owner_id', none),
    text('owner_login'),
    integer('access_key_id', none),
    text('image'),
    text('cluster_id'),
    text('datacenter_id', none),
    integer('vcpus'),
    integer('memory_mib'),
    text('addresses'),
    text('sealed_initialization', none),
    text('launch_id'),
    text('operation_id'),
    { name: 'failed', type: 'boolean' },
    instant('created_at'),
    instant('removed_at', none),
  ],
  foreignKeys: [
    new TableForeignKey({
      name: 'fk_machines_compute_resource',
      columnNames: ['compute_resource_id'],
      referencedTableName: 'compute_resources',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    }),
    new TableForeignKey({
      name: 'fk_machines_owner',
      columnNames: ['owner_id'],
      referencedTableName: 'users',
      referencedColumnNames: ['id'],
      onDelete: 'SET NULL',
    }),
  ],
  indices: [
    new TableIndex({ name: 'uq_machines_vm', columnNames: ['compute_resource_id', 'vm_id'], isUnique: true }),
    new TableIndex({ name: 'idx_machines_owner', columnNames: ['owner_id'] }),
    new TableIndex({
      name: 'idx_machines_access_key',
      columnNames: ['access_key_id'],
      where: '"removed_at" IS NULL',
    }),
    new TableIndex({ name: 'idx_machines_created', columnNames: ['created_at', 'id'] }),
    new TableIndex({ name: 'idx_machines_name', columnNames: ['name'] }),
    new TableIndex({ name: 'idx_machines_launch', columnNames: ['launch_id'], isUnique: true }),
    new TableIndex({
      name: 'idx_machines_seen',
      columnNames: ['compute_resource_id', 'state_at'],
      where: '"removed_at" IS NULL',
    }),
    new TableIndex({ name: 'idx_machines_removed', columnNames: ['removed_at'], where: '"removed_at" IS NOT NULL' }),
  ],
});

/** Searched and sorted by code point, whatever the locale of PostgreSQL's; SQLite does so by itself. */
const SEARCHED = ['name', 'state', 'owner_login', 'image', 'vm_id'];

/** What was launched here is known by its owner and by its VM. */
export class AddMachines1795731000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const table = machines.clone();
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const column of table.columns) if (isPostgres && SEARCHED.includes(column.name)) column.collation = 'C';
    await runner.createTable(table, true, true, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('machines');
  }
}
