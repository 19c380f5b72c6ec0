import { Injectable } from '@nestjs/common';
import { dialectRules } from '../common/sql-dialect';
import { Database, storable } from '../database';
import type { ValueQuestion } from '../search';

interface Source {
  table: string;
  column: string;
}

const own = (column: string): Source => ({ table: 'hosts', column });
const label = (table: string, column = 'name'): Source => ({ table, column });

/** By the `valueSource` and `nameSource` of host-search.fields; each column leads an index or its table is small. */
const SOURCES: ReadonlyMap<string, Source> = new Map([
  ...['name', 'uuid', 'ip', 'mac', 'certname', 'origin'].map((column) => [column, own(column)] as const),
  ...['name', 'title', 'major', 'minor'].map(
    (column) => [`operating_systems.${column}`, label('operating_systems', column)] as const,
  ),
  ...['name', 'title'].map((column) => [`hostgroups.${column}`, label('hostgroups', column)] as const),
  ...['models', 'architectures', 'domains', 'environments', 'compute_resources', 'fact_names'].map(
    (table) => [table, label(table)] as const,
  ),
]);

/** What hosts' fields hold, to suggest while a search is typed. */
@Injectable()
export class HostValuesReadModel {
  constructor(private readonly database: Database) {}

  /** Up to `limit` values in order; one query that follows an index in that order and stops when it has enough. */
  readonly of = async ({ source, part, key, limit }: ValueQuestion): Promise<string[]> => {
    const { sql, params } = source === 'facts' ? this.factValues(key ?? '') : this.column(source);
    const { like } = dialectRules(this.database.dialect);
    const pattern = `%${storable(part).replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.database.searches.query<{ value: string }>(
      `${sql} AND ${like('value', '')} ORDER BY value LIMIT ?`,
      [...params, pattern, limit],
    );
    return rows.map(({ value }) => value);
  };

  private column(source: string): { sql: string; params: string[] } {
    const known = SOURCES.get(source);
    if (known === undefined) throw new Error(`no values are known for ${source}`);
    const { table, column } = known;
    const select = `SELECT DISTINCT ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL AND ${column} <> ''`;
    return { sql: `SELECT value FROM (${select}) AS known WHERE true`, params: [] };
  }

  private factValues(name: string): { sql: string; params: string[] } {
    const select = (kind: string) =>
      `SELECT value_key AS value FROM fact_values
       WHERE fact_name_id IN (SELECT id FROM fact_names WHERE name = ?) AND number IS ${kind}`;
    return {
      sql: `SELECT value FROM (${select('NULL')} UNION ${select('NOT NULL')}) AS known WHERE true`,
      params: [storable(name), storable(name)],
    };
  }
}
