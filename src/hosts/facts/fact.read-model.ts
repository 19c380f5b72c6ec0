import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Page } from '../../common/paging';
import { AppError } from '../../common/app-error';
import { Database, placeholders, type RowOf } from '../../database';
import { allOf, compileOrder, compileSearch, type SearchNode } from '../../search';
import type { Host } from '../host.entity';
import { factFields } from './fact-search.fields';
import type { FactName, FactValue } from './fact.entities';
import { DISK_FACTS, REPORTED_FACTS, reportedData, type ReportedData } from './reported-data';

/** More facts than these are not sorted for one page. */
const SORTABLE = 20_000;

export interface FactQuery {
  /** Whose; without it all hosts'. */
  scope?: SearchNode | null;
  search: SearchNode | null;
  /** "field", "field ASC", "field DESC"; empty = by host. */
  order: string;
  page: number;
  perPage: number;
}

export interface HostFact extends NamedValue {
  hostName: Host['name'];
}

type NamedValue = RowOf<FactName, 'name'> & RowOf<FactValue, 'value'>;

@Injectable()
export class FactReadModel {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Pages of fact values, those of a host together. Three queries at most. @throws AppError search_syntax */
  async page({ scope = null, search, order, page, perPage }: FactQuery): Promise<Page<HostFact>> {
    const by = compileOrder(order, factFields);
    const where = this.where(allOf(scope, search));
    const subtotal = await this.database.searches.count('fact_values', where);
    const total = search === null ? subtotal : await this.database.searches.count('fact_values', this.where(scope));
    if (by !== null && subtotal > SORTABLE)
      throw new AppError(
        'bad_request',
        `order: ${subtotal} facts are too many to be sorted; search for fewer, or leave it out`,
      );
    const sorted = `${by === null ? '' : `${by}, `}fact_values.host_id, fact_values.fact_name_id`;
    const offset = (page - 1) * perPage;
    const rows =
      offset >= subtotal
        ? []
        : await this.database.searches.query<HostFact>(
            `SELECT hosts.name AS "hostName", fact_names.name, found.value FROM (
               SELECT fact_values.host_id, fact_values.fact_name_id, fact_values.value FROM fact_values WHERE ${where.sql}
               ORDER BY ${sorted} LIMIT ? OFFSET ?
             ) AS found JOIN hosts ON hosts.id = found.host_id JOIN fact_names ON fact_names.id = found.fact_name_id
             ORDER BY ${sorted.replaceAll('fact_values.', 'found.')}`,
            [...where.params, perPage, offset],
          );
    return { total, subtotal, page, perPage, rows };
  }

  /** What a host's facts tell of its machine; one query. */
  async reported(hostId: number): Promise<ReportedData> {
    const rows = await this.database.query<NamedValue>(
      `SELECT fact_names.name, fact_values.value FROM fact_values
       JOIN fact_names ON fact_names.id = fact_values.fact_name_id
       WHERE fact_values.host_id = ?
         AND (fact_names.name IN (${placeholders(REPORTED_FACTS.length)}) OR fact_names.name LIKE ?)
       ORDER BY fact_names.id`,
      [hostId, ...REPORTED_FACTS, DISK_FACTS],
    );
    return reportedData(new Map(rows.map(({ name, value }) => [name, value])));
  }

  private where(search: SearchNode | null) {
    return compileSearch(search, factFields, { dialect: this.database.dialect, now: this.clock.now() });
  }
}

/** Host name → fact name → value, as Foreman lists facts. */
export function factsByHost(rows: readonly HostFact[]): Record<string, Record<string, string>> {
  const hosts = new Map<string, Map<string, string>>();
  for (const { hostName, name, value } of rows) {
    const facts = hosts.get(hostName) ?? new Map<string, string>();
    hosts.set(hostName, facts.set(name, value));
  }
  return Object.fromEntries([...hosts].map(([name, facts]) => [name, Object.fromEntries(facts)]));
}
