import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** The texts that searches compare and lists are sorted by. */
const TEXTS: Record<string, string[]> = {
  hosts: ['name', 'certname', 'comment', 'uuid', 'ip', 'mac', 'origin'],
  operating_systems: ['name', 'major', 'minor', 'title'],
  hostgroups: ['name', 'title'],
  architectures: ['name'],
  models: ['name'],
  domains: ['name'],
  environments: ['name'],
  compute_resources: ['name'],
  virtual_machines: ['vm_id', 'name', 'status'],
  config_reports: ['origin'],
  fact_names: ['name'],
  fact_values: ['value', 'value_key'],
};

const vmIndex = new TableIndex({ name: 'idx_virtual_machines_vm_id', columnNames: ['vm_id'] });

/**
 * Texts sort by code point on PostgreSQL too, as they do on SQLite: a list has one order, and `name < x` one meaning,
 * whatever the database's locale. As the columns' own collation, so that their indexes keep serving both.
 */
export class SortTextsByCodePoint1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await collate(runner, 'C');
    await runner.createIndex('virtual_machines', vmIndex);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('virtual_machines', vmIndex);
    await collate(runner, 'default');
  }
}

async function collate(runner: QueryRunner, collation: string): Promise<void> {
  if (runner.dataSource.options.type !== 'postgres') return;
  for (const [table, columns] of Object.entries(TEXTS)) {
    const changes = columns.map((column) => `ALTER COLUMN ${column} TYPE text COLLATE "${collation}"`);
    await runner.query(`ALTER TABLE ${table} ${changes.join(', ')}`);
  }
}
