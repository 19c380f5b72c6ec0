import { Table, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const text = (name: string, more = {}) => ({ name, type: 'text', ...more });
const instant = (name: string, more = {}) => ({ name, type: 'bigint', ...more });
const none = { isNullable: true };
const RUNS = '"finished_at" IS NULL';

const operations = new Table({
  name: 'operations',
  columns: [
    text('id', { isPrimary: true }),
    text('kind'),
    text('title'),
    text('state'),
    text('waiting_for', none),
    instant('waiting_since', none),
    { name: 'progress', type: 'integer', ...none },
    text('acts_by'),
    { name: 'user_id', type: 'integer', ...none },
    { name: 'access_key_id', type: 'integer', ...none },
    text('login'),
    { name: 'compute_resource_id', type: 'integer', ...none },
    text('compute_resource_name', none),
    text('sealed_input', none),
    text('memo'),
    text('steps'),
    { name: 'undoing', type: 'boolean' },
    { name: 'cancel_requested', type: 'boolean' },
    text('error', none),
    text('left_behind'),
    text('result', none),
    instant('created_at'),
    instant('started_at', none),
    instant('finished_at', none),
    instant('due_at'),
    text('lease_owner', none),
    instant('lease_until', none),
  ],
  foreignKeys: [
    new TableForeignKey({
      name: 'fk_operations_user',
      columnNames: ['user_id'],
      referencedTableName: 'users',
      referencedColumnNames: ['id'],
      onDelete: 'SET NULL',
    }),
    new TableForeignKey({
      name: 'fk_operations_compute_resource',
      columnNames: ['compute_resource_id'],
      referencedTableName: 'compute_resources',
      referencedColumnNames: ['id'],
      onDelete: 'SET NULL',
    }),
  ],
  indices: [
    new TableIndex({ name: 'idx_operations_due', columnNames: ['due_at'], where: RUNS }),
    new TableIndex({ name: 'idx_operations_unfinished', columnNames: ['user_id'], where: RUNS }),
    new TableIndex({ name: 'idx_operations_user', columnNames: ['user_id', 'created_at'] }),
    new TableIndex({ name: 'idx_operations_created', columnNames: ['created_at', 'id'] }),
    new TableIndex({ name: 'idx_operations_compute_resource', columnNames: ['compute_resource_id'] }),
    new TableIndex({ name: 'idx_operations_lease_owner', columnNames: ['lease_owner'], where: RUNS }),
  ],
});

const idempotencyKeys = new Table({
  name: 'idempotency_keys',
  columns: [
    { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
    text('owner'),
    text('method'),
    text('path'),
    text('key'),
    text('body_digest'),
    text('operation_id'),
    instant('created_at'),
  ],
  foreignKeys: [
    new TableForeignKey({
      name: 'fk_idempotency_keys_operation',
      columnNames: ['operation_id'],
      referencedTableName: 'operations',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    }),
  ],
  indices: [
    new TableIndex({
      name: 'uq_idempotency_keys_request',
      columnNames: ['owner', 'method', 'path', 'key'],
      isUnique: true,
    }),
    new TableIndex({ name: 'idx_idempotency_keys_operation', columnNames: ['operation_id'] }),
  ],
});

const sharedWorks = new Table({
  name: 'shared_works',
  columns: [
    text('name', { isPrimary: true }),
    text('owner', none),
    instant('lease_until', none),
    instant('done_at', none),
  ],
});

/** Searched and sorted by code point, whatever the locale of PostgreSQL's; SQLite does so by itself. */
const SEARCHED = ['kind', 'title', 'state', 'login', 'compute_resource_name'];
const TABLES = [operations, idempotencyKeys, sharedWorks];

/** What takes longer than a request survives in rows; works that instances share are known by name. */
export class AddOperations1795730000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const table of TABLES.map((one) => one.clone())) {
      for (const column of table.columns) if (isPostgres && SEARCHED.includes(column.name)) column.collation = 'C';
      await runner.createTable(table, true, true, true);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
