import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import type { Page } from '../common/paging';
import { dialectRules } from '../common/sql-dialect';
import { Database, FEW, limit, pageOrder, rowsFromJson, type Reader, type RowOf } from '../database';
import {
  allOf,
  compileCount,
  compileIds,
  compileOrder,
  compileSearch,
  isLookup,
  type CompileOptions,
  type SearchNode,
  type SearchTerm,
} from '../search';
import { hostFields } from './host-search.fields';
import type { Host } from './host.entity';
import { HOST_RECORD_SQL, toHostRecord, type HostRecord, type HostRow } from './host.read-model';

export interface HostQuery {
  /** Narrows what there is at all, such as to the hosts of a group. */
  scope?: SearchNode | null;
  /** null = all hosts. */
  search: SearchNode | null;
  /** "field", "field ASC", "field DESC"; empty = by name. */
  order: string;
  page: number;
  perPage: number;
}

/** One host of the legacy list (Foreman 1.1: hosts_controller.rb index). */
export interface LegacyHost extends RowOf<Host, 'hostgroup_id' | 'id' | 'name' | 'uuid'> {
  operatingsystem_id: Host['operatingSystemId'];
}

/** What a page is taken from. */
interface Found {
  from: Reader;
  /** The ids of all hosts that match; null: not read. */
  few: number[] | null;
  /** How many match. */
  subtotal: number;
  now: Date;
}

@Injectable()
export class HostListReadModel {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * How many match, the page, how many there are; on SQLite first the few that match. A query each.
   * @throws AppError search_syntax
   */
  async page({ scope = null, ...query }: HostQuery): Promise<Page<HostRecord>> {
    const now = this.clock.now();
    const order = orderOf(query.order);
    const search = allOf(scope, query.search);
    const from = this.readerFor(search, query.order);
    const count = (of: SearchNode | null) => from.number(compileCount(of, hostFields, this.options(now)));
    const few = search === null ? null : await this.few(from, search, now);
    const subtotal = few?.length ?? (await count(search));
    const offset = (query.page - 1) * query.perPage;
    return {
      total: query.search === null ? subtotal : await count(scope),
      subtotal,
      page: query.page,
      perPage: query.perPage,
      rows: offset < subtotal ? await this.rows({ ...query, search, order }, { from, few, subtotal, now }) : [],
    };
  }

  /**
   * The ids of all that match, so that these are looked for only once; null where they are more than a few, and where
   * indexes hold no ids: hosts would be read for them, and are counted by the index alone.
   */
  private async few(from: Reader, search: SearchNode, now: Date): Promise<number[] | null> {
    if (!dialectRules(this.database.dialect).indexHoldsIds) return null;
    const ids = compileIds(search, hostFields, this.options(now));
    const rows = await from.query<RowOf<Host, 'id'>>(`${ids.sql} ${limit(FEW + 1)}`, ids.params);
    return rows.length > FEW ? null : [...new Set(rows.map(({ id }) => id))];
  }

  /** `order` is compiled. The page's ids are found in `hosts` alone; only they are joined with all that a host refers to. */
  private async rows(query: HostQuery, { from, few, subtotal, now }: Found): Promise<HostRecord[]> {
    const { dialect } = this.database;
    const { order } = query;
    const offset = (query.page - 1) * query.perPage;
    const many = !dialectRules(dialect).countsRows && subtotal > FEW; // has to be led (see `pageOrder`)
    const facts = many && offset <= FEW ? 'oneByOne' : 'collected';
    const where = few
      ? { sql: `hosts.id IN (${rowsFromJson(dialect, ['integer'])})`, params: [JSON.stringify(few.map((id) => [id]))] }
      : compileSearch(query.search, hostFields, { ...this.options(now), facts });
    const nameIndex = many && order.startsWith('hosts.name ') ? ' INDEXED BY uq_hosts_name' : '';
    const rows = await from.query<HostRow>(
      `${HOST_RECORD_SQL} WHERE hosts.id IN (
         SELECT hosts.id FROM hosts${nameIndex} WHERE ${where.sql}
         ORDER BY ${pageOrder(dialect, order, subtotal)} ${limit(query.perPage)} OFFSET ?
       ) ORDER BY ${pageOrder(dialect, order, query.perPage)}`,
      [...where.params, offset],
    );
    return rows.map((row) => toHostRecord(row, now));
  }

  /**
   * The hosts the 2012 plugin reads: those that match by uuid first, of several with one uuid the last heard from
   * first; the rest in order. One query.
   */
  async legacy(query: HostQuery): Promise<LegacyHost[]> {
    const where = compileSearch(query.search, hostFields, this.options(this.clock.now()));
    const uuids = uuidsIn(query.search);
    const byUuid =
      uuids.length === 0
        ? ''
        : `CASE WHEN hosts.uuid IN (${uuids.map(() => '?').join(', ')}) THEN COALESCE(hosts.last_report_at, 0) ELSE -1 END DESC, `;
    return this.readerFor(query.search, query.order).query<LegacyHost>(
      `SELECT hosts.hostgroup_id, hosts.id, hosts.name, hosts.operating_system_id AS operatingsystem_id, hosts.uuid
       FROM hosts WHERE ${where.sql} ORDER BY ${byUuid}${orderOf(query.order)} ${limit(query.perPage)} OFFSET ?`,
      [...where.params, ...uuids, (query.page - 1) * query.perPage],
    );
  }

  /** What scripts and the plugin ask for all day, and the plain list, wait for nobody's search. */
  private readerFor(search: SearchNode | null, order: string): Reader {
    const isQuick = search === null ? order === '' : isLookup(search, hostFields);
    return isQuick ? this.database : this.database.searches;
  }

  private options(now: Date): CompileOptions {
    return { dialect: this.database.dialect, now };
  }
}

function orderOf(order: string): string {
  return `${compileOrder(order, hostFields) ?? 'hosts.name ASC'}, hosts.id ASC`;
}

/** The values that a search compares `uuid` with. */
function uuidsIn(node: SearchNode | null): string[] {
  if (node === null) return [];
  if (node.kind === 'and' || node.kind === 'or') return node.nodes.flatMap(uuidsIn);
  const found = foundBy(node);
  return found?.field?.text === 'uuid' ? found.values.map(({ text }) => text.toLowerCase()) : [];
}

/** The field and values of a comparison that finds what is equal. */
function foundBy(node: SearchNode): { field: SearchTerm | null; values: readonly SearchTerm[] } | undefined {
  if (node.kind === 'list') return node.negated ? undefined : node;
  return node.kind === 'compare' && node.operator === '=' ? { field: node.field, values: [node.value] } : undefined;
}
