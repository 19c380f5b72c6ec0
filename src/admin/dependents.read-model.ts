import { Injectable } from '@nestjs/common';
import type { ComputeResource } from '../compute-resources';
import { Database } from '../database';

/** Whom deleting a compute resource concerns. */
export interface Dependents {
  hosts: number;
  /** Accounts that go with it: those of its engine, when it is the engine's last compute resource. */
  users: number;
}

@Injectable()
export class DependentsReadModel {
  constructor(private readonly database: Database) {}

  /** How many hosts belong to each compute resource, by its id; none = absent. */
  async hostCounts(): Promise<Map<number, number>> {
    const rows = await this.database.query<{ id: number; hosts: number }>(
      `SELECT compute_resource_id AS id, COUNT(*) AS hosts FROM hosts
       WHERE compute_resource_id IS NOT NULL GROUP BY compute_resource_id`,
    );
    return new Map(rows.map(({ id, hosts }) => [id, Number(hosts)]));
  }

  async of({ id, engineId }: ComputeResource): Promise<Dependents> {
    const [row] = await this.database.query<Dependents>(
      `SELECT (SELECT COUNT(*) FROM hosts WHERE compute_resource_id = ?) AS hosts,
        (SELECT COUNT(*) FROM users WHERE engine_id = ?
          AND NOT EXISTS (SELECT 1 FROM compute_resources c WHERE c.engine_id = ? AND c.id <> ?)) AS users`,
      [id, engineId, engineId, id],
    );
    return { hosts: Number(row?.hosts), users: Number(row?.users) };
  }
}
