import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** What Foreman's clients set for consoles and quotas (Foreman keeps it in `attrs`, too). */
export class AddAttributesOfComputeResources1795303500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('compute_resources', new TableColumn({ name: 'attributes', type: 'text', default: "'{}'" }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('compute_resources', 'attributes');
  }
}
