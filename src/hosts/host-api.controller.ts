import { Body, Controller, Delete, Get, Param, Patch, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Allow, CurrentActor } from '../auth';
import { mayOneOf, type Actor } from '../common/actor';
import { AppError } from '../common/app-error';
import { parseSearch } from '../search';
import { ApiListQuery, Describe, QueryPipe, ZodPipe, apiPage } from '../web';
import { FactReadModel, factsByHost } from './facts/fact.read-model';
import {
  FactsAnswer,
  HostAnswer,
  HostDetailsAnswer,
  HostListAnswer,
  HostListQuery,
  StatusAnswer,
} from './host-api.schema';
import { HostEditBody } from './host-edit.schema';
import { HostEditor } from './host-editor';
import { configurationStatusJson, globalStatus, hostDetailsJson, hostJson } from './host-json';
import { HostListReadModel } from './host-list.read-model';
import { HostReadModel } from './host.read-model';

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
    const { search, order, page, per_page: perPage, thin, include, include_permissions: permissions } = query;
    const hosts = await this.list.page({ search: parseSearch(search), order, page, perPage });
    const more = Object.fromEntries(include.map((name) => [name, []]));
    const results = hosts.rows.map((host) =>
      thin ? { id: host.id, name: host.name } : { ...hostJson(host), ...more },
    );
    const can = permissions ? { can_create: false, can_edit: mayOneOf(actor, ['edit_hosts']) } : {};
    return { ...apiPage(hosts, query, results), ...can };
  }

  @Describe({ summary: 'Show a host, by name, certificate name or id', answer: HostDetailsAnswer })
  @Allow('view_hosts')
  @Get(':id')
  async show(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<object> {
    return hostDetailsJson(await this.hosts.byName(id), actor);
  }

  @Describe({ summary: 'Change a host', answer: HostDetailsAnswer })
  @Allow('edit_hosts')
  @Put(':id')
  async replace(
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
    @Body(new ZodPipe(HostEditBody)) edit: z.output<typeof HostEditBody>,
  ): Promise<object> {
    return hostDetailsJson(await this.editor.edit(id, edit), actor);
  }

  @Describe({ summary: 'Change a host', answer: HostDetailsAnswer })
  @Allow('edit_hosts')
  @Patch(':id')
  update(
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
    @Body(new ZodPipe(HostEditBody)) edit: z.output<typeof HostEditBody>,
  ): Promise<object> {
    return this.replace(id, actor, edit);
  }

  @Describe({ summary: 'Delete a host with its facts and reports', answer: HostAnswer })
  @Allow('destroy_hosts')
  @Delete(':id')
  async remove(@Param('id') id: string): Promise<object> {
    return hostJson(await this.editor.remove(id));
  }

  @Describe({ summary: 'Status of a host: global, configuration or build', answer: StatusAnswer })
  @Allow('view_hosts')
  @Get(':id/status/:type')
  async status(@Param('id') id: string, @Param('type') type: string): Promise<object> {
    const host = await this.hosts.byName(id);
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
    const { id: hostId } = await this.hosts.byName(id);
    const { search, page, per_page: perPage } = query;
    const facts = await this.facts.page({ hostId, search: parseSearch(search), page, perPage });
    return apiPage(facts, query, factsByHost(facts.rows));
  }
}
