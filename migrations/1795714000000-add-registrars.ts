import { TableColumn, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const TABLE = 'compute_resources';
const NAMES = { foreignKey: 'fk_compute_resources_registrar', index: 'idx_compute_resources_registrar' };

/** Who said which server an engine is. Of what is registered already nobody knows, which trusts nobody. */
export class AddRegistrars1795714000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(TABLE, new TableColumn({ name: 'registrar_id', type: 'integer', isNullable: true }));
    await runner.createForeignKey(
      TABLE,
      new TableForeignKey({
        name: NAMES.foreignKey,
        columnNames: ['registrar_id'],
        referencedTableName: 'users',
        referencedColumnNames: ['id'],
        onDelete: 'SET NULL',
      }),
    );
    await runner.createIndex(TABLE, new TableIndex({ name: NAMES.index, columnNames: ['registrar_id'] }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex(TABLE, NAMES.index);
    await runner.dropForeignKey(TABLE, NAMES.foreignKey);
    await runner.dropColumn(TABLE, 'registrar_id');
  }
}
