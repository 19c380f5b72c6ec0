import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { dialectRules } from '../common/sql-dialect';
import type { ColumnOf, RowOf, Transaction } from '../database';
import type { Host } from './host.entity';

export type FoundHost = RowOf<Host, 'id' | 'name' | 'certname'>;

/** By which names a caller knows a host. A report has one name, which may be either; facts often have both. */
export interface HostNames {
  name: string;
  certname: string | null;
}

/** By column of `hosts`. */
export interface HostChange {
  enabled?: boolean;
  comment?: string | null;
  hostgroup_id?: number | null;
}

/** Whether uploads of unknown hosts make them (CREATE_HOSTS_ON_UPLOAD). */
export const CREATE_HOSTS = Symbol('CREATE_HOSTS_ON_UPLOAD');

@Injectable()
export class HostStore {
  constructor(
    private readonly clock: Clock,
    @Inject(CREATE_HOSTS) private readonly createsHosts: boolean,
  ) {}

  /**
   * The hosts of these names, the likeliest first: by certname, by the certname as name, by name; so facts and reports of
   * one machine find the same. Made when there is none; empty when there is none and uploads make none.
   */
  async findOrCreate(tx: Transaction, names: HostNames, now: Date): Promise<FoundHost[]> {
    const found = await this.find(tx, names);
    return found.length > 0 || !this.createsHosts ? found : this.create(tx, names, now);
  }

  private find(tx: Transaction, { name, certname }: HostNames): Promise<FoundHost[]> {
    const cert = certname ?? name;
    return tx.query<FoundHost>(
      `SELECT id, name, certname FROM hosts WHERE certname = ? OR name = ? OR name = ?
       ORDER BY CASE WHEN certname = ? THEN 0 WHEN name = ? THEN 1 ELSE 2 END LIMIT 3`,
      [cert, cert, name, cert, cert],
    );
  }

  private async create(tx: Transaction, names: HostNames, now: Date): Promise<FoundHost[]> {
    const { oneAtATime } = dialectRules(tx.dialect);
    if (oneAtATime !== null) {
      // two uploads of one new machine under different names must see each other
      await tx.query(oneAtATime, ['create host']);
      const others = await this.find(tx, names);
      if (others.length > 0) return others;
    }
    return tx.query<FoundHost>(
      'INSERT INTO hosts (name, certname, created_at, updated_at) VALUES (?, ?, ?, ?) RETURNING id, name, certname',
      [names.name, names.certname, now.getTime(), now.getTime()],
    );
  }

  /**
   * Changes what people may change of a host; what is absent stays.
   * @returns how it was before; null when there is no such host
   */
  async edit(tx: Transaction, hostId: number, change: HostChange): Promise<Required<HostChange> | null> {
    const columns = { ...change, updated_at: this.clock.now().getTime() };
    const set = Object.keys(columns).map((name) => `${name} = ?`);
    const lock = dialectRules(tx.dialect).lock('UPDATE');
    const [before] = await tx.query<RowOf<Host, keyof HostChange>>(
      `SELECT enabled, comment, hostgroup_id FROM hosts WHERE id = ? ${lock}`,
      [hostId],
    );
    if (before === undefined) return null;
    await tx.execute(`UPDATE hosts SET ${set.join(', ')} WHERE id = ?`, [...Object.values(columns), hostId]);
    return { ...before, enabled: Boolean(before.enabled) };
  }

  /** Removes a host with its facts and reports. @returns false when there is no such host */
  async remove(tx: Transaction, hostId: number): Promise<boolean> {
    return (await tx.execute('DELETE FROM hosts WHERE id = ?', [hostId])) > 0;
  }

  async setNames(tx: Transaction, hostId: number, { name, certname }: HostNames): Promise<void> {
    await tx.execute('UPDATE hosts SET name = ?, certname = ? WHERE id = ?', [name, certname, hostId]);
  }

  /** Removes host `from`, whose attributes fill what `into` lacks; alerts that were disabled for either stay disabled. */
  async absorb(tx: Transaction, into: number, from: number): Promise<void> {
    const filled = FILLED.map(
      (column) => `${column} = COALESCE(${column}, (SELECT o.${column} FROM hosts o WHERE o.id = ?))`,
    );
    await tx.execute(
      `UPDATE hosts SET ${filled.join(', ')}, enabled = (enabled AND (SELECT o.enabled FROM hosts o WHERE o.id = ?)) WHERE id = ?`,
      [...FILLED.map(() => from), from, into],
    );
    await this.remove(tx, from);
  }
}

const FILLED = [
  'comment',
  'uuid',
  'ip',
  'mac',
  'operating_system_id',
  'architecture_id',
  'model_id',
  'domain_id',
  'environment_id',
  'hostgroup_id',
  'compute_resource_id',
] satisfies ColumnOf<Host>[];
