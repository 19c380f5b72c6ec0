import { Body, Controller, Delete, Get, Param, Patch, Put, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { Allow, CurrentActor, authorOf, type Author } from '../auth';
import type { Actor } from '../common/actor';
import { AppError } from '../common/app-error';
import { parseSearch } from '../search';
import { ApiListQuery, Describe, QueryPipe, ZodPipe } from '../web';
import { apiPage } from '../foreman-kit';
import {
  FactReadModel,
  factsByHost,
  HostEditor,
  type HostEdit,
  HostListReadModel,
  HostReadModel,
  type HostRecord,
} from '../hosts';
import {
  FactsAnswer,
  HostAnswer,
  HostDetailsAnswer,
  HostListAnswer,
  HostListQuery,
  StatusAnswer,
} from './host-api.schema';
import { HostEditBody } from './host-edit.schema';
import { configurationStatusJson, globalStatus, hostDetailsJson, hostJson, reportedJson } from './host-json';
import { hostPageJson, hostQueryOf } from './host-list-json';
import { scopeOf } from './host-scope';

/** Hosts as Foreman's API v2 has them (Foreman: api/v2/hosts_controller.rb). */
@Controller(['api/v2/hosts', 'api/hosts'])
export class HostApiController {
  constructor(
    private readonly hosts: HostReadModel,
    private readonly list: HostListReadModel,
    private readonly facts: FactReadModel,
    private readonly editor: HostEditor,
  ) {}

  @Describe({ summary: 'List hosts', answer: HostListAnswer })
  @Allow('view_hosts')
  @Get()
  async index(
    @Query(new QueryPipe(HostListQuery)) query: z.output<typeof HostListQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<object> {
    return hostPageJson(await this.list.page(hostQueryOf(query)), query, actor);
  }

  @Describe({ summary: 'Show a host, by id, name or certificate name', answer: HostDetailsAnswer })
  @Allow('view_hosts')
  @Get(':id')
  async show(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<object> {
    return this.details(await this.hosts.byKey(id), actor);
  }

  @Describe({ summary: 'Change a host', answer: HostDetailsAnswer })
  @Allow('edit_hosts')
  @Put(':id')
  replace(
    @Param('id') id: string,
    @Req() request: Request,
    @Body(new ZodPipe(HostEditBody)) edit: z.output<typeof HostEditBody>,
  ): Promise<object> {
    return this.editedBy(authorOf(request), id, edit);
  }

  @Describe({ summary: 'Change a host', answer: HostDetailsAnswer })
  @Allow('edit_hosts')
  @Patch(':id')
  update(
    @Param('id') id: string,
    @Req() request: Request,
    @Body(new ZodPipe(HostEditBody)) edit: z.output<typeof HostEditBody>,
  ): Promise<object> {
    return this.editedBy(authorOf(request), id, edit);
  }

  @Describe({ summary: 'Delete a host with its facts and reports', answer: HostAnswer })
  @Allow('destroy_hosts')
  @Delete(':id')
  async remove(@Param('id') id: string, @Req() request: Request): Promise<object> {
    return hostJson(await this.editor.remove(authorOf(request), id));
  }

  @Describe({ summary: 'Status of a host: global, configuration or build', answer: StatusAnswer })
  @Allow('view_hosts')
  @Get(':id/status/:type')
  async status(@Param('id') id: string, @Param('type') type: string): Promise<object> {
    const host = await this.hosts.byKey(id);
    if (type === 'global') return globalStatus(host);
    if (type === 'configuration') return configurationStatusJson(host);
    if (type === 'build') return { status: 0, status_label: 'Installed' };
    throw new AppError('not_found', `Status ${type.slice(0, 100)} not found; ask for global, configuration or build`);
  }

  @Describe({ summary: 'Facts of a host', answer: FactsAnswer, notes: 'Pages count facts, not hosts.' })
  @Allow('view_facts')
  @Get(':id/facts')
  async factsOf(
    @Param('id') id: string,
    @Query(new QueryPipe(ApiListQuery)) query: z.output<typeof ApiListQuery>,
  ): Promise<object> {
    const { id: hostId } = await this.hosts.byKey(id);
    const { search, order, page, per_page: perPage } = query;
    const scope = scopeOf('host', hostId);
    const facts = await this.facts.page({ scope, search: parseSearch(search), order, page, perPage });
    return apiPage(facts, query, factsByHost(facts.rows));
  }

  private async editedBy(by: Author, id: string, edit: HostEdit): Promise<object> {
    return this.details(await this.editor.edit(by, id, edit), by.actor);
  }

  private async details(host: HostRecord, actor: Actor): Promise<object> {
    return { ...hostDetailsJson(host, actor), ...reportedJson(await this.facts.reported(host.id)) };
  }
}
