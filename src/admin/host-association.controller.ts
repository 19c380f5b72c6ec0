import { Controller, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Allow, authorOf } from '../auth';
import { AuditTrail } from '../audit';
import { AppError } from '../common/app-error';
import { ComputeResourceStore } from '../compute-resources';
import type { AssociatedHost } from '../hosts';
import { HostAssociation } from '../virtual-machines';
import { Describe, SeeOther, Urls } from '../web';
import { wholePage } from '../foreman-kit';
import { AssociatedHostsAnswer } from './compute-resource-api.schema';

/** Tells hosts which compute resource's virtual machines they are (Foreman: compute_resource_host_associator.rb). */
@Controller()
export class HostAssociationController {
  constructor(
    private readonly store: ComputeResourceStore,
    private readonly association: HostAssociation,
    private readonly audit: AuditTrail,
    private readonly urls: Urls,
  ) {}

  /** The hosts that were not known to belong to it; 422 when there are none, as in Foreman. */
  @Describe({
    summary: "Associate hosts with a compute resource's virtual machines",
    answer: AssociatedHostsAnswer,
    notes: 'Of one machine with /:vm_id behind.',
  })
  @Allow('edit_compute_resources')
  @Put([
    'api/v2/compute_resources/:id/associate',
    'api/v2/compute_resources/:id/associate/:vm_id',
    'api/compute_resources/:id/associate',
    'api/compute_resources/:id/associate/:vm_id',
  ])
  @HttpCode(200)
  async associate(@Req() request: Request, @Param('id') id: string, @Param('vm_id') vmId?: string): Promise<object> {
    const { computeResourceId, hosts } = await this.associated(request, id, vmId);
    if (hosts.length === 0) throw new AppError('invalid', 'No VMs matched any host');
    return wholePage(hosts.map((host) => ({ ...host, compute_resource_id: computeResourceId })));
  }

  @Allow('edit_compute_resources')
  @Post('compute_resources/:id/associate')
  async associateAndShow(@Req() request: Request, @Param('id') id: string): Promise<SeeOther> {
    const { computeResourceId, hosts } = await this.associated(request, id);
    return new SeeOther(this.urls.url(`/compute_resources/${computeResourceId}?associated=${hosts.length}`));
  }

  /** The hosts that became the compute resource's, with an entry in the audit trail. */
  private async associated(
    request: Request,
    key: string,
    vmId?: string,
  ): Promise<{ computeResourceId: number; hosts: AssociatedHost[] }> {
    const { id, name } = await this.store.get(key);
    const by = authorOf(request);
    const hosts = await this.association.associate(id, vmId, (tx, added) =>
      this.audit.change(by, 'compute_resource.associate', name, added.map((host) => host.name).join(', '), tx),
    );
    return { computeResourceId: id, hosts };
  }
}
