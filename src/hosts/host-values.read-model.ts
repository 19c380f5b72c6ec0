import { Injectable } from '@nestjs/common';
import { dialectRules } from '../common/sql-dialect';
import { Database, storable, type ColumnOf } from '../database';
import type { ValueQuestion } from '../search';
import type { Host } from './host.entity';

interface Source {
  table: string;
  column: string;
}

const own = (column: ColumnOf<Host>): Source => ({ table: 'hosts', column });
const label = (table: string, column = 'name'): Source => ({ table, column });

/** Each column leads an index or its table is small. */
const SOURCES = {
  name: own('name'),
  uuid: own('uuid'),
  ip: own('ip'),
  mac: own('mac'),
  certname: own('certname'),
  origin: own('origin'),
  'operating_systems.name': label('operating_systems'),
  'operating_systems.title': label('operating_systems', 'title'),
  'operating_systems.major': label('operating_systems', 'major'),
  'operating_systems.minor': label('operating_systems', 'minor'),
  'hostgroups.name': label('hostgroups'),
  'hostgroups.title': label('hostgroups', 'title'),
  models: label('models'),
  architectures: label('architectures'),
  domains: label('domains'),
  environments: label('environments'),
  compute_resources: label('compute_resources'),
  fact_names: label('fact_names'),
} satisfies Record<string, Source>;
const BY_NAME: ReadonlyMap<string, Source> = new Map(Object.entries(SOURCES));

/** What a field's values are suggested from; `facts` are those of one name. */
export type HostValueSource = keyof typeof SOURCES | 'facts';

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
    const known = BY_NAME.get(source);
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
