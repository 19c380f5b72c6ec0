import { Injectable } from '@nestjs/common';
import { invalid } from '../common/app-error';
import { Clock } from '../common/clock';
import { UnitOfWork, type Transaction } from '../database';
import { HostAttributesStore } from './host-attributes.store';
import { HostReadModel, type HostRecord } from './host.read-model';
import { HostStore } from './host.store';

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
    private readonly clock: Clock,
  ) {}

  /**
   * Changes the host of this id, name or certificate name.
   * @returns it as it is then
   * @throws AppError not_found; invalid for a hostgroup id that does not exist
   */
  async edit(key: string, { enabled, comment, hostgroup, hostgroupId }: HostEdit): Promise<HostRecord> {
    const { id } = await this.hosts.byKey(key);
    await this.work.run(async (tx) => {
      const group = hostgroupId !== undefined ? { hostgroup_id: hostgroupId } : await this.groupOf(tx, hostgroup);
      if (typeof group.hostgroup_id === 'number') await mustExist(tx, group.hostgroup_id);
      const change = {
        ...(enabled === undefined ? {} : { enabled }),
        ...(comment === undefined ? {} : { comment }),
        ...group,
      };
      await this.store.edit(tx, id, change, this.clock.now());
    });
    return this.hosts.byId(id);
  }

  /** Removes the host with its facts and reports. @returns what it was @throws AppError not_found */
  async remove(key: string): Promise<HostRecord> {
    const host = await this.hosts.byKey(key);
    await this.work.run((tx) => this.store.remove(tx, host.id));
    return host;
  }

  private async groupOf(tx: Transaction, title: string | null | undefined): Promise<{ hostgroup_id?: number | null }> {
    if (title === undefined) return {};
    return { hostgroup_id: title === null ? null : await this.attributes.hostgroupId(tx, title) };
  }
}

async function mustExist(tx: Transaction, hostgroupId: number): Promise<void> {
  const [row] = await tx.query('SELECT id FROM hostgroups WHERE id = ?', [hostgroupId]);
  if (row === undefined) throw invalid('hostgroup_id', `${hostgroupId} is not the id of a hostgroup`);
}
