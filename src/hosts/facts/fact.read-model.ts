import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Page } from '../../common/paging';
import { Database } from '../../database';
import { allOf, compare, compileSearch, type SearchNode } from '../../search';
import { factFields } from './fact-search.fields';

export interface FactQuery {
  /** Only this host's. */
  hostId?: number;
  search: SearchNode | null;
  page: number;
  perPage: number;
}

export interface HostFact {
  hostName: string;
  name: string;
  value: string;
}

@Injectable()
export class FactReadModel {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Pages of fact values, those of a host together. Three queries at most. @throws AppError search_syntax */
  async page({ hostId, search, page, perPage }: FactQuery): Promise<Page<HostFact>> {
    const scope = hostId === undefined ? null : compare('host_id', '=', String(hostId));
    const where = this.where(allOf(scope, search));
    const subtotal = await this.database.count('fact_values', where);
    const total = search === null ? subtotal : await this.database.count('fact_values', this.where(scope));
    const offset = (page - 1) * perPage;
    const rows =
      offset >= subtotal
        ? []
        : await this.database.query<HostFact>(
            `SELECT hosts.name AS "hostName", fact_names.name, found.value FROM (
               SELECT fact_values.host_id, fact_values.fact_name_id, fact_values.value FROM fact_values WHERE ${where.sql}
               ORDER BY fact_values.host_id, fact_values.fact_name_id LIMIT ? OFFSET ?
             ) AS found JOIN hosts ON hosts.id = found.host_id JOIN fact_names ON fact_names.id = found.fact_name_id
             ORDER BY found.host_id, found.fact_name_id`,
            [...where.params, perPage, offset],
          );
    return { total, subtotal, page, perPage, rows };
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
