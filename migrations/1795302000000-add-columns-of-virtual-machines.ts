import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Column → type and where it stands in a snapshot. */
const COLUMNS = {
  name: { type: 'text', key: 'name' },
  status: { type: 'text', key: 'status' },
  vcpus: { type: 'integer', key: 'vcpus' },
  memory_bytes: { type: 'bigint', key: 'memoryBytes' },
};

/** What hosts are searched by (`vm.name`), out of the snapshots that are there. */
export class AddColumnsOfVirtualMachines1795302000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const postgres = runner.dataSource.options.type === 'postgres';
    for (const [name, { type, key }] of Object.entries(COLUMNS)) {
      await runner.addColumn('virtual_machines', new TableColumn({ name, type, isNullable: true }));
      const value = postgres ? `(snapshot::json->>'${key}')::${type}` : `json_extract(snapshot, '$.${key}')`;
      await runner.query(`UPDATE virtual_machines SET ${name} = ${value}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('virtual_machines', Object.keys(COLUMNS).reverse());
  }
}
