import { Injectable } from '@nestjs/common';
import { AuditTrail, changesOf } from '../audit';
import type { Author } from '../auth';
import { UnitOfWork, type Transaction } from '../database';
import { HostAttributesStore } from './host-attributes.store';
import { HostReadModel, type HostRecord } from './host.read-model';
import { HostStore, type HostChange } from './host.store';

/** What people may change of a host; null clears, absent stays. */
export interface HostEdit {
  enabled?: boolean;
  comment?: string | null;
  hostgroupId?: number | null;
  /** Whole path ("web/frontend"); made when there is none. */
  hostgroup?: string | null;
}

@Injectable()
export class HostEditor {
  constructor(
    private readonly work: UnitOfWork,
    private readonly hosts: HostReadModel,
    private readonly store: HostStore,
    private readonly attributes: HostAttributesStore,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Changes the host of this id, name or certificate name.
   * @returns it as it is then
   * @throws AppError not_found; invalid for a hostgroup id that does not exist
   */
  async edit(by: Author, key: string, { enabled, comment, hostgroup, hostgroupId }: HostEdit): Promise<HostRecord> {
    const { id, name } = await this.hosts.byKey(key);
    await this.work.run(async (tx) => {
      const group = hostgroupId !== undefined ? { hostgroup_id: hostgroupId } : await this.groupOf(tx, hostgroup);
      if (typeof group.hostgroup_id === 'number') await this.attributes.demandHostgroup(tx, group.hostgroup_id);
      const change = {
        ...(enabled === undefined ? {} : { enabled }),
        ...(comment === undefined ? {} : { comment }),
        ...group,
      };
      const before = await this.store.edit(tx, id, change);
      if (before !== null) await this.trail.change(by, 'host.update', name, changesIn(before, change), tx);
    });
    return this.hosts.byId(id);
  }

  /** Removes the host with its facts and reports. @returns what it was @throws AppError not_found */
  async remove(by: Author, key: string): Promise<HostRecord> {
    const host = await this.hosts.byKey(key);
    await this.work.run(async (tx) => {
      if (await this.store.remove(tx, host.id)) await this.trail.change(by, 'host.delete', host.name, '', tx);
    });
    return host;
  }

  private async groupOf(tx: Transaction, title: string | null | undefined): Promise<{ hostgroup_id?: number | null }> {
    if (title === undefined) return {};
    return { hostgroup_id: title === null ? null : await this.attributes.hostgroupId(tx, title) };
  }
}

function changesIn(before: Required<HostChange>, change: HostChange): string {
  return changesOf(before, { ...before, ...change }, ['enabled', 'hostgroup_id'], ['comment']);
}
