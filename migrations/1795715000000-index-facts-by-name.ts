import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const TABLE = 'fact_values';
const index = new TableIndex({
  name: 'idx_fact_values_fact_name',
  columnNames: ['fact_name_id', 'number', 'value_key', 'host_id'],
});
const PARTS = [
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
];

/**
 * One index of all values in place of one for texts and one for numbers: `number IS NULL` is looked up in it like a number,
 * and a foreign key, which cannot use an index of some rows, finds the values of a name that is to be removed.
 */
export class IndexFactsByName1795715000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of PARTS) await runner.dropIndex(TABLE, part);
    await runner.createIndex(TABLE, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex(TABLE, index);
    await runner.createIndices(TABLE, PARTS);
  }
}
