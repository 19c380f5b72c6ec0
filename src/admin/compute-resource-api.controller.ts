import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { Allow, CurrentActor, authorOf } from '../auth';
import { mayOneOf, type Actor } from '../common/actor';
import { ComputeResourceService, ComputeResourceStore, type ComputeResourceInput } from '../compute-resources';
import { ApiListQuery, Describe, Flag, QueryPipe, ZodPipe, listRequest } from '../web';
import { apiPage } from '../foreman-kit';
import {
  AuthSourceListAnswer,
  ComputeResourceAnswer,
  ComputeResourceDetailsAnswer,
  ComputeResourceListAnswer,
  ConnectionAnswer,
} from './compute-resource-api.schema';
import { authSourceJson, computeResourceJson, probeJson } from './compute-resource-json';
import { ComputeResourceParams, wholeInput } from './compute-resource-params';

const EVEN_IF_FAULTY = { evenIfFaulty: true };
const ListQuery = ApiListQuery.extend({ include_permissions: Flag.default(false).describe('Adds can_create') });
type ListQuery = z.output<typeof ListQuery>;

/** Compute resources as programs manage them (Foreman: api/v2/compute_resources_controller.rb). */
@Controller(['api/v2/compute_resources', 'api/compute_resources'])
export class ComputeResourceApiController {
  constructor(
    private readonly store: ComputeResourceStore,
    private readonly service: ComputeResourceService,
  ) {}

  @Describe({ summary: 'List compute resources', answer: ComputeResourceListAnswer })
  @Allow('view_compute_resources')
  @Get()
  async index(@CurrentActor() actor: Actor, @Query(new QueryPipe(ListQuery)) query: ListQuery): Promise<object> {
    const found = await this.store.page(listRequest(query));
    const can = query.include_permissions ? { can_create: mayOneOf(actor, ['create_compute_resources']) } : {};
    return { ...apiPage(found, query, found.rows.map(computeResourceJson)), ...can };
  }

  @Describe({ summary: 'Show a compute resource, by id or name', answer: ComputeResourceDetailsAnswer })
  @Allow('view_compute_resources')
  @Get(':id')
  async show(@Param('id') id: string): Promise<object> {
    const nothing = { images: [], compute_attributes: [], locations: [], organizations: [] };
    return { ...computeResourceJson(await this.store.get(id)), ...nothing };
  }

  @Describe({ summary: 'Register an engine', answer: ComputeResourceAnswer })
  @Allow('create_compute_resources')
  @Post()
  async create(
    @Req() request: Request,
    @Body(new ZodPipe(ComputeResourceParams)) input: Partial<ComputeResourceInput>,
  ): Promise<object> {
    return computeResourceJson(await this.service.create(authorOf(request), wholeInput(input), EVEN_IF_FAULTY));
  }

  @Describe({ summary: 'Change a compute resource', answer: ComputeResourceAnswer })
  @Allow('edit_compute_resources')
  @Put(':id')
  async update(
    @Req() request: Request,
    @Param('id') id: string,
    @Body(new ZodPipe(ComputeResourceParams)) input: Partial<ComputeResourceInput>,
  ): Promise<object> {
    return computeResourceJson(await this.service.update(authorOf(request), id, input, EVEN_IF_FAULTY));
  }

  @Describe({ summary: 'Delete a compute resource', answer: ComputeResourceAnswer })
  @Allow('destroy_compute_resources')
  @Delete(':id')
  async remove(@Req() request: Request, @Param('id') id: string): Promise<object> {
    return computeResourceJson(await this.service.remove(authorOf(request), id));
  }

  /** Tries what is registered, with the fields of the body over it; 200 whatever was found. */
  @Describe({
    summary: 'Test the connection to an engine',
    answer: ConnectionAnswer,
    notes: 'With the fields of the body over what is registered; 200 whatever was found.',
  })
  @Allow('edit_compute_resources')
  @Put(':id/test_connection')
  @HttpCode(200)
  async test(
    @Req() request: Request,
    @Param('id') id: string,
    @Body(new ZodPipe(ComputeResourceParams)) input: Partial<ComputeResourceInput>,
  ): Promise<object> {
    return probeJson(await this.service.test(authorOf(request), input, id));
  }
}

/** What signs people in (Foreman: api/v2/auth_sources_controller.rb): the local accounts and the registered engines. */
@Controller(['api/v2/auth_sources', 'api/auth_sources'])
export class AuthSourceApiController {
  constructor(private readonly store: ComputeResourceStore) {}

  @Describe({ summary: 'List what signs people in', answer: AuthSourceListAnswer })
  @Allow('view_authenticators')
  @Get()
  async index(@Query(new QueryPipe(ApiListQuery)) query: ApiListQuery): Promise<object> {
    const found = await this.store.authSources(listRequest(query));
    return apiPage(found, query, found.rows.map(authSourceJson));
  }
}
