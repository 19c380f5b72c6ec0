import { Injectable } from '@nestjs/common';
import { userIdOf, type Actor } from '../common/actor';
import { Clock } from '../common/clock';
import type { ListRequest, Page } from '../common/paging';
import { Database } from '../database';
import { compare, searchPage } from '../search';
import { COLUMNS, toOperation, type ShownRow } from './operation-rows';
import { operationFields } from './operation-search.fields';
import { mayViewAll } from './operations';
import type { Operation } from './operation';

const LIST = {
  fields: operationFields,
  select: `SELECT ${COLUMNS} FROM operations`,
  order: 'operations.created_at DESC, operations.id DESC',
};

@Injectable()
export class OperationListReadModel {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** One's own, or all with view_operations; newest first unless ordered. @throws AppError search_syntax, forbidden */
  async page(actor: Actor, request: ListRequest): Promise<Page<Operation>> {
    const own = mayViewAll(actor) ? null : compare('user_id', '=', String(userIdOf(actor)));
    const found = await searchPage<ShownRow>(this.database, this.clock.now(), LIST, request, own);
    return { ...found, rows: found.rows.map(toOperation) };
  }
}
