import {
  Table,
  TableColumn,
  TableForeignKey,
  TableIndex,
  type MigrationInterface,
  type QueryRunner,
  type TableColumnOptions,
} from 'typeorm';

const flag = (name: string, runner: QueryRunner): TableColumnOptions => ({
  name,
  type: 'boolean',
  // TypeORM's SQLite driver spells boolean defaults 1 and 0
  default: runner.dataSource.options.type === 'postgres' ? 'false' : '0',
});

const attempts = (runner: QueryRunner) =>
  new Table({
    name: 'engine_password_attempts',
    columns: [
      { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
      { name: 'engine_id', type: 'integer' },
      { name: 'account', type: 'text' },
      { name: 'at', type: 'bigint' },
      flag('wrong', runner),
    ],
    indices: [
      new TableIndex({
        name: 'idx_engine_password_attempts_account',
        columnNames: ['engine_id', 'account', 'at'],
      }),
      new TableIndex({ name: 'idx_engine_password_attempts_at', columnNames: ['at'] }),
    ],
    foreignKeys: [
      new TableForeignKey({
        name: 'fk_engine_password_attempts_engine',
        columnNames: ['engine_id'],
        referencedTableName: 'engines',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      }),
    ],
  });

/** Signing in with an engine's password: which sessions we opened there, and how often passwords were wrong. */
export class AddEnginePasswords1795721000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(attempts(runner));
    await runner.addColumn('sessions', new TableColumn(flag('opened_here', runner)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('sessions', 'opened_here');
    await runner.dropTable('engine_password_attempts');
  }
}
