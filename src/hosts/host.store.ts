import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '../database';

export interface FoundHost {
  id: number;
  name: string;
  certname: string | null;
}

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
  constructor(@Inject(CREATE_HOSTS) private readonly createsHosts: boolean) {}

  /**
   * The host of these names, certificate name first: by certname, by the certname as name, by name.
   * So facts and reports of one machine never make two hosts.
   */
  async find(tx: Transaction, { name, certname }: HostNames): Promise<FoundHost | null> {
    const cert = certname ?? name;
    const [host] = await tx.query<FoundHost>(
      `SELECT id, name, certname FROM hosts WHERE certname = ? OR name = ? OR name = ?
       ORDER BY CASE WHEN certname = ? THEN 0 WHEN name = ? THEN 1 ELSE 2 END LIMIT 1`,
      [cert, cert, name, cert, cert],
    );
    return host ?? null;
  }

  /** The host of these names, made when there is none; null when there is none and uploads make none. */
  async findOrCreate(tx: Transaction, names: HostNames, now: Date): Promise<FoundHost | null> {
    return (await this.find(tx, names)) ?? (this.createsHosts ? this.create(tx, names, now) : null);
  }

  private async create(tx: Transaction, names: HostNames, now: Date): Promise<FoundHost> {
    if (tx.dialect === 'postgres') {
      // one at a time: two uploads of one new machine under different names must see each other
      await tx.query("SELECT pg_advisory_xact_lock(hashtext('create host'))");
      const other = await this.find(tx, names);
      if (other !== null) return other;
    }
    const [host] = await tx.query<FoundHost>(
      'INSERT INTO hosts (name, certname, created_at, updated_at) VALUES (?, ?, ?, ?) RETURNING id, name, certname',
      [names.name, names.certname, now.getTime(), now.getTime()],
    );
    if (host === undefined) throw new Error(`host ${names.name} was not stored`);
    return host;
  }

  /** Changes what people may change of a host; what is absent stays. @returns false when there is no such host */
  async edit(tx: Transaction, hostId: number, change: HostChange, now: Date): Promise<boolean> {
    const columns = { ...change, updated_at: now.getTime() };
    const set = Object.keys(columns).map((name) => `${name} = ?`);
    return (
      (await tx.execute(`UPDATE hosts SET ${set.join(', ')} WHERE id = ?`, [...Object.values(columns), hostId])) > 0
    );
  }

  /** Removes a host with its facts and reports. @returns false when there is no such host */
  async remove(tx: Transaction, hostId: number): Promise<boolean> {
    return (await tx.execute('DELETE FROM hosts WHERE id = ?', [hostId])) > 0;
  }

  /** A certificate name that facts bring replaces the host's. */
  async setCertname(tx: Transaction, hostId: number, certname: string): Promise<void> {
    await tx.execute('UPDATE hosts SET certname = ? WHERE id = ?', [certname, hostId]);
  }
}
