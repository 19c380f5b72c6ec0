import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const INDICES: [table: string, index: TableIndex][] = [
  ['sessions', new TableIndex({ name: 'idx_sessions_engine', columnNames: ['engine_id'] })],
  ['user_roles', new TableIndex({ name: 'idx_user_roles_role', columnNames: ['role_id'] })],
];

/** An engine or role that is deleted finds what refers to it without reading all sessions, or roles of users. */
export class IndexWhatIsReferredTo1795713000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, index] of INDICES) await runner.createIndex(table, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, index] of INDICES) await runner.dropIndex(table, index);
  }
}
