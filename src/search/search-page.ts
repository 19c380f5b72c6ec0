import type { ListRequest, Page } from '../common/paging';
import { compileOrder } from './compile-order';
import { compileSearch } from './compile-search';
import type { FieldDefinitions } from './field-definitions';
import { parseSearch } from './parse-search';
import { allOf, type SearchNode } from './search-node';
import type { SqlDialect, SqlValue } from '../common/sql-dialect';

/** A list that is counted and sorted whole. All SQL in it is from our code. */
export interface SearchedList {
  fields: FieldDefinitions;
  /** SELECT … FROM the searched table. */
  select: string;
  /** ORDER BY terms; the last one is unique. */
  order: string;
  /** WITH …, where the searched table is made for the query. */
  with?: string;
}

interface Reader {
  readonly dialect: SqlDialect;
  query<Row>(sql: string, params: readonly SqlValue[]): Promise<Row[]>;
}

/** A database; what people search for is read where it can be stopped. */
interface Readers extends Reader {
  readonly searches: Reader;
}

/** A page of a list with exact totals: two queries. @param scope what the caller sees at all @throws AppError search_syntax */
export async function searchPage<Row>(
  database: Readers,
  now: Date,
  { fields, select, order, with: made = '' }: SearchedList,
  request: ListRequest,
  scope: SearchNode | null = null,
): Promise<Page<Row>> {
  const search = parseSearch(request.search);
  const reader = search === null ? database : database.searches;
  const where = (node: SearchNode | null) => compileSearch(node, fields, { dialect: reader.dialect, now });
  const all = where(scope);
  const found = where(allOf(scope, search));
  const by = [compileOrder(request.order, fields), order].filter(Boolean).join(', ');
  const { page, perPage } = request;
  const count = ({ sql }: { sql: string }) => `(SELECT COUNT(*) FROM ${fields.table} WHERE ${sql})`;
  const [counts, rows] = await Promise.all([
    reader.query<{ total: number; subtotal: number }>(
      `${made} SELECT ${count(all)} AS total, ${count(found)} AS subtotal`,
      [...all.params, ...found.params],
    ),
    reader.query<Row>(`${made} ${select} WHERE ${found.sql} ORDER BY ${by} LIMIT ? OFFSET ?`, [
      ...found.params,
      perPage,
      (page - 1) * perPage,
    ]),
  ]);
  const { total = 0, subtotal = 0 } = counts[0] ?? {};
  return { total: Number(total), subtotal: Number(subtotal), page, perPage, rows };
}
