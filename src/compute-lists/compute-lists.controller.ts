import { Controller, Get, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Allow, CurrentActor } from '../auth';
import type { Actor } from '../common/actor';
import { invalid } from '../common/app-error';
import { wholePage } from '../foreman-kit';
import { Describe, QueryPipe } from '../web';
import {
  clusterJson,
  dataCenterJson,
  flavorJson,
  imagesJson,
  networkJson,
  operatingSystemJson,
  storageDomainJson,
} from './compute-list-json';
import { ComputeLists } from './compute-lists';
import {
  ClustersAnswer,
  DataCenterQuery,
  DataCentersAnswer,
  DomainsQuery,
  FlavorsAnswer,
  ImagesAnswer,
  ImagesQuery,
  NetworksAnswer,
  OperatingSystemsAnswer,
  QuotasAnswer,
  StorageDomainsAnswer,
} from './compute-lists.schema';

/** What forms that make VMs offer (Foreman: api/v2/compute_resources_controller.rb), asked of the engine as the caller. */
@Controller(['api/v2/compute_resources/:id', 'api/compute_resources/:id'])
@Allow('view_compute_resources_vms')
export class ComputeListsController {
  constructor(private readonly lists: ComputeLists) {}

  @Describe({ summary: 'List the data centers that the caller sees', answer: DataCentersAnswer })
  @Get('available_data_centers')
  async dataCenters(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    const seen = await this.lists.seenBy(actor, id);
    return wholePage((await seen.dataCenters()).map(dataCenterJson));
  }

  @Describe({ summary: 'List the clusters that run VMs', answer: ClustersAnswer })
  @Get('available_clusters')
  async clusters(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query(new QueryPipe(DataCenterQuery)) { data_center: asked }: z.output<typeof DataCenterQuery>,
  ): Promise<object> {
    const seen = await this.lists.seenBy(actor, id);
    const dataCenter = asked === undefined ? undefined : await seen.dataCenter(asked);
    const clusters = await seen.clusters();
    const within = clusters.filter(({ dataCenterId }) => dataCenter === undefined || dataCenterId === dataCenter.id);
    return wholePage(within.map(clusterJson));
  }

  @Describe({ summary: 'List the networks of a cluster with their vNIC profiles', answer: NetworksAnswer })
  @Get('available_clusters/:cluster/available_networks')
  async networks(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('cluster') asked: string,
  ): Promise<object> {
    const seen = await this.lists.seenBy(actor, id);
    const cluster = await seen.cluster(asked);
    const [networks, profiles] = await Promise.all([seen.networks(cluster.id), seen.vnicProfiles()]);
    return wholePage(networks.map((network) => networkJson(network, profiles)));
  }

  @Describe({ summary: 'List templates, and whether they fit a cluster', answer: ImagesAnswer })
  @Get('available_images')
  async images(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query(new QueryPipe(ImagesQuery)) { cluster: asked }: z.output<typeof ImagesQuery>,
  ): Promise<object> {
    const seen = await this.lists.seenBy(actor, id);
    if (asked === undefined) return wholePage(imagesJson(await seen.templates(), []));
    const [cluster, clusters, templates] = await Promise.all([seen.cluster(asked), seen.clusters(), seen.templates()]);
    return wholePage(imagesJson(templates, clusters, cluster));
  }

  @Describe({ summary: 'List instance types', answer: FlavorsAnswer })
  @Get('available_flavors')
  async flavors(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    const seen = await this.lists.seenBy(actor, id);
    return wholePage((await seen.instanceTypes()).map(flavorJson));
  }

  @Describe({
    summary: 'List the storage domains of disks, and whether they take one',
    answer: StorageDomainsAnswer,
    notes: 'States are told of a data center alone.',
  })
  @Get('available_storage_domains')
  async storageDomains(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query(new QueryPipe(DomainsQuery)) query: z.output<typeof DomainsQuery>,
  ): Promise<object> {
    const { data_center: asked, size_bytes: sizeBytes } = query;
    const seen = await this.lists.seenBy(actor, id);
    const dataCenter = asked === undefined ? undefined : await seen.dataCenter(asked);
    const domains = await seen.storageDomains(dataCenter?.id);
    return wholePage(domains.map((domain) => storageDomainJson(domain, sizeBytes)));
  }

  @Describe({ summary: 'List the operating systems that a VM can be said to run', answer: OperatingSystemsAnswer })
  @Get('available_operating_systems')
  async operatingSystems(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    const seen = await this.lists.seenBy(actor, id);
    return wholePage((await seen.operatingSystems()).map(operatingSystemJson));
  }

  @Describe({
    summary: 'List the quotas of a data center',
    answer: QuotasAnswer,
    notes:
      'The engine shows none to whoever is no administrator of it. Without a data center it is that of the compute resource, or the only one.',
  })
  @Get('available_quotas')
  async quotas(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query(new QueryPipe(DataCenterQuery)) { data_center: asked }: z.output<typeof DataCenterQuery>,
  ): Promise<object> {
    const seen = await this.lists.seenBy(actor, id);
    const wanted = asked ?? seen.onlyDataCenterId ?? seen.resource.datacenterId ?? undefined;
    const dataCenters = wanted === undefined ? await seen.dataCenters() : [await seen.dataCenter(wanted)];
    const [dataCenter, ...others] = dataCenters;
    if (others.length > 0) throw invalid('data_center', 'must be given: there are several');
    return wholePage(dataCenter === undefined ? [] : await seen.quotas(dataCenter.id));
  }
}
