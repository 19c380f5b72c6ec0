import { Injectable } from '@nestjs/common';
import { notFound } from '../common/app-error';
import { rowIdIn } from '../common/row-id';
import { Database, storable, type RowOf } from '../database';
import type { Hostgroup } from './labels.entity';

@Injectable()
export class HostgroupReadModel {
  constructor(private readonly database: Database) {}

  /** The id of the group with this id, title or name, in this order. @throws AppError not_found that names it */
  async idOf(key: string): Promise<number> {
    const text = storable(key);
    const id = rowIdIn(text) ?? 0;
    const [row] = await this.database.query<RowOf<Hostgroup, 'id'>>(
      `SELECT id FROM hostgroups WHERE id = ? OR title = ? OR name = ?
       ORDER BY CASE WHEN id = ? THEN 0 WHEN title = ? THEN 1 ELSE 2 END, id LIMIT 1`,
      [id, text, text, id, text],
    );
    if (row === undefined) throw notFound('hostgroup', key);
    return row.id;
  }
}
