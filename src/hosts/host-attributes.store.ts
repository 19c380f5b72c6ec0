import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { atMost } from '../common/cache-limit';
import { invalid } from '../common/app-error';
import { rowIdIn } from '../common/row-id';
import {
  removeUnusedRows,
  type ColumnOf,
  type RemoveUnused,
  type RowOf,
  type SqlValue,
  type Transaction,
} from '../database';
import type { Host } from './host.entity';
import type { Label } from './labels.entity';

/** What facts tell about a host; absent = the facts do not say, and the host keeps what it has. */
export interface HostAttributes {
  operatingSystem?: { name: string; major: string; minor: string };
  architecture?: string;
  model?: string;
  domain?: string;
  environment?: string;
  /** Whole path: "web/frontend". */
  hostgroup?: string;
  ip?: string;
  mac?: string;
  uuid?: string;
  comment?: string;
}

/** "Rocky 9.4", "Windows 2022", "Arch". */
function operatingSystemTitle({ name, major, minor }: { name: string; major: string; minor: string }): string {
  return [name, [major, minor].filter((part) => part !== '').join('.')].filter((part) => part !== '').join(' ');
}

/** Table of labels → the host's column that refers to it. */
const LABELS = {
  architectures: 'architecture_id',
  models: 'model_id',
  domains: 'domain_id',
  environments: 'environment_id',
  hostgroups: 'hostgroup_id',
  operating_systems: 'operating_system_id',
} as const satisfies Record<string, ColumnOf<Host>>;
type LabelTable = keyof typeof LABELS;

type HostColumns = Partial<Record<ColumnOf<Host>, SqlValue>>;

@Injectable()
export class HostAttributesStore {
  private readonly labelIds = new LRUCache<string, number>(atMost(10_000));

  /** Sets the given attributes; the others stay. */
  async set(tx: Transaction, hostId: number, attributes: HostAttributes, now: Date): Promise<void> {
    const columns = await this.columns(tx, attributes);
    const names = Object.keys(columns);
    if (names.length === 0) return;
    const set = names.map((name) => `${name} = ?`).join(', ');
    const values = [...Object.values(columns), now.getTime(), hostId];
    await tx.execute(`UPDATE hosts SET ${set}, updated_at = ? WHERE id = ?`, values).catch((error: unknown) => {
      this.labelIds.clear(); // another instance may have removed one that is remembered here: run again, it is made anew
      throw error;
    });
  }

  /** For each kind of label: removes those that no host has. */
  unusedLabels(): RemoveUnused[] {
    return Object.entries(LABELS).map(([table, column]) => (tx, after, limit) => {
      this.labelIds.clear();
      tx.afterCommit(() => this.labelIds.clear()); // works before this one, whose commit it shares, remember theirs with it
      const isUsed = `EXISTS (SELECT 1 FROM hosts WHERE ${column} = ${table}.id)`;
      return removeUnusedRows(tx, { table, isUsed }, [after, limit]);
    });
  }

  private async columns(tx: Transaction, attributes: HostAttributes): Promise<HostColumns> {
    const { operatingSystem: os, architecture, model, domain, environment, hostgroup, ...plain } = attributes;
    const columns: HostColumns = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
    if (os !== undefined) columns.operating_system_id = await this.operatingSystemId(tx, os);
    if (hostgroup !== undefined) columns.hostgroup_id = await this.hostgroupId(tx, hostgroup);
    const labels: [column: ColumnOf<Host>, table: LabelTable, name: string | undefined][] = [
      ['architecture_id', 'architectures', architecture],
      ['model_id', 'models', model],
      ['domain_id', 'domains', domain],
      ['environment_id', 'environments', environment],
    ];
    for (const [column, table, name] of labels)
      if (name !== undefined) columns[column] = await this.labelId(tx, table, { name }, 'name');
    return columns;
  }

  private operatingSystemId(tx: Transaction, os: { name: string; major: string; minor: string }): Promise<number> {
    return this.labelId(tx, 'operating_systems', { ...os, title: operatingSystemTitle(os) }, 'title');
  }

  /** The id of the hostgroup of this whole path, made when there is none. */
  hostgroupId(tx: Transaction, title: string): Promise<number> {
    return this.labelId(tx, 'hostgroups', { name: title.split('/').at(-1) ?? title, title }, 'title');
  }

  /** @throws AppError invalid when there is no hostgroup of this id */
  async demandHostgroup(tx: Transaction, id: number): Promise<void> {
    const [row] = await tx.query('SELECT id FROM hostgroups WHERE id = ?', [rowIdIn(String(id)) ?? 0]);
    if (row === undefined) throw invalid('hostgroup_id', `${id} is not the id of a hostgroup`);
  }

  private async labelId(tx: Transaction, table: LabelTable, row: Record<string, string>, key: string): Promise<number> {
    const cacheKey = `${table} ${row[key]}`;
    const known = this.labelIds.get(cacheKey);
    if (known !== undefined) return known;
    const columns = Object.keys(row);
    const [stored] = await tx.query<RowOf<Label, 'id'>>(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (${key}) DO UPDATE SET ${key} = excluded.${key} RETURNING id`,
      Object.values(row),
    );
    if (stored === undefined) throw new Error(`${table}: ${row[key]} was not stored`);
    tx.afterCommit(() => this.labelIds.set(cacheKey, stored.id));
    return stored.id;
  }
}
