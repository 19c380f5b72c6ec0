import { Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { Allow } from '../auth';
import { AppError } from '../common/app-error';
import { ComputeResourceStore } from '../compute-resources';
import { HostAssociation } from '../virtual-machines';
import { Describe, SeeOther, Urls, wholePage } from '../web';
import { AssociatedHostsAnswer } from './compute-resource-api.schema';

/** Tells hosts which compute resource's virtual machines they are (Foreman: compute_resource_host_associator.rb). */
@Controller()
export class HostAssociationController {
  constructor(
    private readonly store: ComputeResourceStore,
    private readonly association: HostAssociation,
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
  async associate(@Param('id') id: string, @Param('vm_id') vmId?: string): Promise<object> {
    const { id: computeResourceId } = await this.store.get(id);
    const hosts = await this.association.associate(computeResourceId, vmId);
    if (hosts.length === 0) throw new AppError('invalid', 'No VMs matched any host');
    return wholePage(hosts.map((host) => ({ ...host, compute_resource_id: computeResourceId })));
  }

  @Allow('edit_compute_resources')
  @Post('compute_resources/:id/associate')
  async associateAndShow(@Param('id') id: string): Promise<SeeOther> {
    const { id: computeResourceId } = await this.store.get(id);
    const { length } = await this.association.associate(computeResourceId);
    return new SeeOther(this.urls.url(`/compute_resources/${computeResourceId}?associated=${length}`));
  }
}
