import { Controller, Get, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Allow, CurrentActor } from '../auth';
import type { Actor } from '../common/actor';
import { Describe, QueryPipe } from '../web';
import { HostListAnswer, HostListQuery } from './host-api.schema';
import { hostPageJson, hostQueryOf } from './host-list-json';
import { HostListReadModel, HostgroupReadModel } from '../hosts';
import { scopeOf } from './host-scope';

/** Hosts under their group, as Foreman's API v2 nests them (Foreman: config/routes/api/v2.rb). */
@Controller(['api/v2/hostgroups', 'api/hostgroups'])
export class HostgroupApiController {
  constructor(
    private readonly groups: HostgroupReadModel,
    private readonly list: HostListReadModel,
  ) {}

  @Describe({ summary: 'List the hosts of a host group', answer: HostListAnswer })
  @Allow('view_hosts')
  @Get(':id/hosts')
  async hosts(
    @Param('id') id: string,
    @Query(new QueryPipe(HostListQuery)) query: z.output<typeof HostListQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<object> {
    const within = scopeOf('hostgroup', await this.groups.idOf(id));
    return hostPageJson(await this.list.page(hostQueryOf(query, within)), query, actor);
  }
}
