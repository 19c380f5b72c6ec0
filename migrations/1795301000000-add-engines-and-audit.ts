import {
  Table,
  TableColumn,
  TableForeignKey,
  TableIndex,
  type MigrationInterface,
  type QueryRunner,
  type TableColumnOptions,
} from 'typeorm';

const id: TableColumnOptions = {
  name: 'id',
  type: 'integer',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
};
const text = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'text',
  ...more,
});
const integer = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'integer',
  ...more,
});
const instant = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'bigint',
  ...more,
});
const flag = (name: string, byDefault: boolean): TableColumnOptions => ({
  name,
  type: 'boolean',
  default: String(byDefault),
});
const nullable = { isNullable: true };
const blank = { default: "''" };

const index = (name: string, ...columnNames: string[]) => new TableIndex({ name, columnNames });
const unique = (name: string, ...columnNames: string[]) => new TableIndex({ name, columnNames, isUnique: true });
const refers = (name: string, column: string, table: string, onDelete = 'NO ACTION') =>
  new TableForeignKey({
    name,
    columnNames: [column],
    referencedTableName: table,
    referencedColumnNames: ['id'],
    onDelete,
  });

const engines = new Table({
  name: 'engines',
  columns: [id, text('instance_id', nullable), text('origin'), instant('created_at')],
  indices: [unique('uq_engines_instance_id', 'instance_id')],
});

const computeResources = new Table({
  name: 'compute_resources',
  columns: [
    id,
    integer('engine_id'),
    text('name'),
    text('description', blank),
    text('url'),
    text('username'),
    text('sealed_password'),
    text('public_key', nullable),
    text('datacenter_id', nullable),
    text('datacenter_name', nullable),
    text('addresses', { default: "'[]'" }),
    flag('insecure_tls', false),
    flag('enabled', true),
    flag('onthefly_register', true),
    text('login_prefix', { default: "'ovirt_'" }),
    flag('accept_readable_user', false),
    instant('created_at'),
    instant('updated_at'),
  ],
  indices: [unique('uq_compute_resources_name', 'name'), index('idx_compute_resources_engine', 'engine_id')],
  foreignKeys: [refers('fk_compute_resources_engine', 'engine_id', 'engines')],
});

const audits = new Table({
  name: 'audits',
  columns: [
    id,
    instant('at'),
    text('actor'),
    text('action'),
    text('subject', blank),
    text('outcome'),
    text('reason', blank),
    text('address', blank),
    text('request_id', blank),
  ],
  indices: [index('idx_audits_at', 'at')],
});

const bookmarks = new Table({
  name: 'bookmarks',
  columns: [id, integer('owner_id'), text('name'), text('query'), flag('public', false)],
  indices: [unique('uq_bookmarks_owner_name', 'owner_id', 'name')],
  foreignKeys: [refers('fk_bookmarks_owner', 'owner_id', 'users', 'CASCADE')],
});

/** What the machine's last known state at the engine was, for when the engine does not answer. */
const virtualMachines = new Table({
  name: 'virtual_machines',
  columns: [
    integer('compute_resource_id', { isPrimary: true }),
    text('vm_id', { isPrimary: true }),
    text('snapshot'),
    instant('seen_at'),
  ],
  foreignKeys: [refers('fk_virtual_machines_compute_resource', 'compute_resource_id', 'compute_resources', 'CASCADE')],
});

const TABLES = [engines, computeResources, audits, bookmarks, virtualMachines];

const COLUMNS: Record<string, TableColumnOptions[]> = {
  hosts: [integer('compute_resource_id', nullable)],
  users: [integer('engine_id', nullable), text('engine_user_id', nullable)],
  sessions: [integer('engine_id', nullable), text('sealed_secret', nullable), instant('proved_at', nullable)],
};
const KEYS: Record<string, TableForeignKey[]> = {
  hosts: [refers('fk_hosts_compute_resource', 'compute_resource_id', 'compute_resources', 'SET NULL')],
  users: [refers('fk_users_engine', 'engine_id', 'engines', 'CASCADE')],
  sessions: [refers('fk_sessions_engine', 'engine_id', 'engines', 'CASCADE')],
};
const INDEXES: Record<string, TableIndex[]> = {
  hosts: [index('idx_hosts_compute_resource', 'compute_resource_id')],
  users: [
    unique('uq_users_engine_user', 'engine_id', 'engine_user_id'),
    new TableIndex({
      name: 'uq_users_local_login',
      columnNames: ['login'],
      isUnique: true,
      where: '"engine_id" IS NULL',
    }),
  ],
  // each value lies in exactly one of the first two, which hold all that a search on them reads
  fact_values: [
    new TableIndex({
      name: 'idx_fact_values_text',
      columnNames: ['fact_name_id', 'value_key', 'number', 'host_id'],
      where: '"number" IS NULL',
    }),
    new TableIndex({
      name: 'idx_fact_values_number',
      columnNames: ['fact_name_id', 'number', 'value_key', 'host_id'],
      where: '"number" IS NOT NULL',
    }),
    new TableIndex({
      name: 'idx_fact_values_long',
      columnNames: ['fact_name_id'],
      where: 'length("value_key") >= 100',
    }),
  ],
};
const STATUS = ['enabled', 'stale_at', 'failed', 'failed_restarts', 'applied', 'restarted', 'pending'];

export class AddEnginesAndAudit1795301000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // TypeORM's SQLite driver spells boolean defaults 1 and 0
    const sqlite = runner.dataSource.options.type !== 'postgres';
    for (const table of TABLES) {
      const copy = table.clone();
      for (const column of copy.columns)
        if (sqlite && column.type === 'boolean') column.default = column.default === 'true' ? '1' : '0';
      await runner.createTable(copy);
    }
    for (const [table, columns] of Object.entries(COLUMNS)) {
      await runner.addColumns(
        table,
        columns.map((column) => new TableColumn(column)),
      );
      await runner.createForeignKeys(table, KEYS[table] ?? []);
    }
    await runner.dropIndex('fact_values', 'idx_fact_values_value');
    await runner.dropIndex('fact_values', 'idx_fact_values_number');
    for (const [table, indexes] of Object.entries(INDEXES)) await runner.createIndices(table, indexes);
    await runner.dropIndex('hosts', 'idx_hosts_status');
    await runner.createIndex('hosts', index('idx_hosts_status', ...STATUS, 'skipped'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('hosts', 'idx_hosts_status');
    await runner.createIndex('hosts', index('idx_hosts_status', ...STATUS));
    for (const [table, indexes] of Object.entries(INDEXES))
      for (const { name } of indexes) await runner.dropIndex(table, name ?? '');
    await runner.createIndex('fact_values', index('idx_fact_values_value', 'fact_name_id', 'value_key'));
    await runner.createIndex('fact_values', index('idx_fact_values_number', 'fact_name_id', 'number'));
    for (const [table, columns] of Object.entries(COLUMNS).reverse()) {
      await runner.dropForeignKeys(table, KEYS[table] ?? []);
      await runner.dropColumns(
        table,
        columns.map(({ name }) => name),
      );
    }
    for (const table of [...TABLES].reverse()) await runner.dropTable(table);
  }
}
