import { Injectable } from '@nestjs/common';
import { notFound } from '../common/app-error';
import { Clock } from '../common/clock';
import { rowIdIn } from '../common/row-id';
import type { ComputeResource } from '../compute-resources';
import { Database, storable, type ColumnOf, type RowOf, type SqlParams } from '../database';
import type { ConfigReport } from '../reports';
import type { HostDetails } from './host-details';
import type { Host } from './host.entity';
import type { Architecture, Domain, Environment, Hostgroup, Model, OperatingSystem } from './labels.entity';
import { configurationStatus } from './status/status-label';

/** A host with the ids that Foreman's JSON carries beside the names. */
export interface HostRecord extends HostDetails {
  domainId: number | null;
  architectureId: number | null;
  operatingSystemId: number | null;
  environmentId: number | null;
  modelId: number | null;
  hostgroupId: number | null;
  hostgroupName: string | null;
  staleAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A row of HOST_RECORD_SQL. */
export interface HostRow extends RowOf<Host> {
  domain: Domain['name'] | null;
  architecture: Architecture['name'] | null;
  environment: Environment['name'] | null;
  model: Model['name'] | null;
  hostgroup: Hostgroup['name'] | null;
  hostgroup_title: Hostgroup['title'] | null;
  os_name: OperatingSystem['name'] | null;
  os_major: OperatingSystem['major'] | null;
  os_minor: OperatingSystem['minor'] | null;
  os_title: OperatingSystem['title'] | null;
  compute_resource: ComputeResource['name'] | null;
  last_report_id: ConfigReport['id'] | null;
}

/** A column of the row of `table` that `hosts.<reference>` refers to. */
const referred = (table: string, column: string, reference: ColumnOf<Host>): string =>
  `(SELECT ${table}.${column} FROM ${table} WHERE ${table}.id = hosts.${reference})`;
const ofSystem = (column: ColumnOf<OperatingSystem>): string =>
  referred('operating_systems', column, 'operating_system_id');

/**
 * Of `hosts` with all that it refers to; the newest report's id by the index of its host, time and origin. As
 * subqueries, since PostgreSQL weighs the orders of so many joins for longer than it takes to look all of them up.
 */
export const HOST_RECORD_SQL = `SELECT hosts.*, ${referred('domains', 'name', 'domain_id')} AS domain,
    ${referred('architectures', 'name', 'architecture_id')} AS architecture, ${referred('environments', 'name', 'environment_id')} AS environment,
    ${referred('models', 'name', 'model_id')} AS model, ${referred('hostgroups', 'name', 'hostgroup_id')} AS hostgroup,
    ${referred('hostgroups', 'title', 'hostgroup_id')} AS hostgroup_title, ${ofSystem('name')} AS os_name, ${ofSystem('major')} AS os_major,
    ${ofSystem('minor')} AS os_minor, ${ofSystem('title')} AS os_title,
    ${referred('compute_resources', 'name', 'compute_resource_id')} AS compute_resource,
    (SELECT r.id FROM config_reports r WHERE r.host_id = hosts.id AND r.reported_at = hosts.last_report_at
       AND r.origin = hosts.origin) AS last_report_id
  FROM hosts`;

@Injectable()
export class HostReadModel {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError not_found */
  async byId(id: number): Promise<HostRecord> {
    return (await this.one(`${HOST_RECORD_SQL} WHERE hosts.id = ?`, [id])) ?? missing(id);
  }

  /** By name in any case, by certificate name, or by id, in this order. @throws AppError not_found that names it */
  async byName(name: string): Promise<HostRecord> {
    return (await this.findByName(name)) ?? missing(name);
  }

  /** The same; null when there is none. */
  findByName(name: string): Promise<HostRecord | null> {
    return this.known(name, { name: 0, certname: 1, id: 2 });
  }

  /** The same for programs, which hold ids: before names, as a host may be called 2. @throws AppError not_found */
  async byKey(key: string): Promise<HostRecord> {
    return (await this.known(key, { id: 0, name: 1, certname: 2 })) ?? missing(key);
  }

  private known(text: string, rank: Record<'name' | 'certname' | 'id', number>): Promise<HostRecord | null> {
    const key = storable(text).toLowerCase();
    const id = rowIdIn(key) ?? 0;
    return this.one(
      `${HOST_RECORD_SQL} WHERE hosts.name = ? OR hosts.certname = ? OR hosts.id = ?
       ORDER BY CASE WHEN hosts.name = ? THEN ${rank.name} WHEN hosts.certname = ? THEN ${rank.certname} ELSE ${rank.id} END LIMIT 1`,
      [key, key, id, key, key],
    );
  }

  private async one(sql: string, params: SqlParams): Promise<HostRecord | null> {
    const [row] = await this.database.query<HostRow>(sql, params);
    return row === undefined ? null : toHostRecord(row, this.clock.now());
  }
}

function missing(key: string | number): never {
  throw notFound('host', key);
}

const instant = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

export function toHostRecord(row: HostRow, now: Date): HostRecord {
  const { applied, restarted, failed, failed_restarts, skipped, pending } = row;
  const known = {
    counters: { applied, restarted, failed, failed_restarts, skipped, pending },
    lastReportAt: instant(row.last_report_at),
    staleAt: instant(row.stale_at),
    enabled: Boolean(row.enabled),
  };
  return {
    ...known,
    id: row.id,
    name: row.name,
    certname: row.certname,
    comment: row.comment,
    uuid: row.uuid,
    ip: row.ip,
    mac: row.mac,
    domain: row.domain,
    domainId: row.domain_id,
    environment: row.environment,
    environmentId: row.environment_id,
    architecture: row.architecture,
    architectureId: row.architecture_id,
    operatingSystem: operatingSystemOf(row),
    operatingSystemId: row.operating_system_id,
    model: row.model,
    modelId: row.model_id,
    hostgroup: row.hostgroup_title,
    hostgroupName: row.hostgroup,
    hostgroupId: row.hostgroup_id,
    computeResource:
      row.compute_resource_id === null || row.compute_resource === null
        ? null
        : { id: row.compute_resource_id, name: row.compute_resource },
    status: configurationStatus(known, now),
    lastReportId: row.last_report_id,
    origin: row.origin,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}

function operatingSystemOf({
  os_name: name,
  os_major: major,
  os_minor: minor,
  os_title: title,
}: HostRow): HostRecord['operatingSystem'] {
  return name === null || title === null ? null : { name, major: major ?? '', minor: minor ?? '', title };
}
