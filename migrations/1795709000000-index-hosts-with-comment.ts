import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Of the column `id`, since a comment may be longer than PostgreSQL indexes. */
const index = new TableIndex({ name: 'idx_hosts_commented', columnNames: ['id'], where: 'comment IS NOT NULL' });

/** The few hosts that have a comment are found without reading the others, by searches without a field above all. */
export class IndexHostsWithComment1795709000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('hosts', index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('hosts', index);
  }
}
