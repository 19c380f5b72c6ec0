import { Injectable } from '@nestjs/common';
import { notFound } from '../common/app-error';
import { Clock } from '../common/clock';
import { rowIdIn } from '../common/row-id';
import { Database, storable, type SqlParams } from '../database';
import type { HostDetails } from './host-details';
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

interface Row {
  id: number;
  name: string;
  certname: string | null;
  enabled: boolean | number;
  comment: string | null;
  uuid: string | null;
  ip: string | null;
  mac: string | null;
  domain_id: number | null;
  domain: string | null;
  architecture_id: number | null;
  architecture: string | null;
  environment_id: number | null;
  environment: string | null;
  model_id: number | null;
  model: string | null;
  hostgroup_id: number | null;
  hostgroup: string | null;
  hostgroup_title: string | null;
  operating_system_id: number | null;
  os_name: string | null;
  os_major: string | null;
  os_minor: string | null;
  os_title: string | null;
  compute_resource_id: number | null;
  compute_resource: string | null;
  last_report_at: number | null;
  last_report_id: number | null;
  stale_at: number | null;
  origin: string | null;
  applied: number;
  restarted: number;
  failed: number;
  failed_restarts: number;
  skipped: number;
  pending: number;
  created_at: number;
  updated_at: number;
}

/** A column of the row of `table` that `hosts.<reference>` refers to. */
const referred = (table: string, column: string, reference: string): string =>
  `(SELECT ${table}.${column} FROM ${table} WHERE ${table}.id = hosts.${reference})`;
const ofSystem = (column: string): string => referred('operating_systems', column, 'operating_system_id');

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
    const [row] = await this.database.query<Row>(sql, params);
    return row === undefined ? null : toHostRecord(row, this.clock.now());
  }
}

function missing(key: string | number): never {
  throw notFound('host', key);
}

const instant = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

export function toHostRecord(row: Row, now: Date): HostRecord {
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
}: Row): HostRecord['operatingSystem'] {
  return name === null || title === null ? null : { name, major: major ?? '', minor: minor ?? '', title };
}
