import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

const COLUMNS = ['engine_writes', 'service_account_acts'];

/** Who may change what in an engine. Of what is registered already nothing, so that nobody has more power than before. */
export class AddSwitchesOfComputeResources1795720000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // TypeORM's SQLite driver spells boolean defaults 1 and 0
    const byDefault = runner.dataSource.options.type === 'postgres' ? 'false' : '0';
    for (const name of COLUMNS)
      await runner.addColumn('compute_resources', new TableColumn({ name, type: 'boolean', default: byDefault }));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of COLUMNS) await runner.dropColumn('compute_resources', name);
  }
}
