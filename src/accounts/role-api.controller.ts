import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { ApiListQuery, Describe, QueryPipe, ZodPipe, listRequest } from '../web';
import { apiPage } from '../foreman-kit';
import { Allow, authorOf } from '../auth';
import { RoleAdministration } from './role-administration';
import { RoleStore } from './role.store';
import { roleJson } from './user.json';
import { RoleBody, RoleChangeBody } from './user.params';
import { RoleAnswer, RoleListAnswer } from './user-api.schema';

/** Roles as Foreman's API v2 has them (Foreman: api/v2/roles_controller.rb), with their permissions. */
@Controller(['api/roles', 'api/v2/roles'])
export class RoleApiController {
  constructor(
    private readonly store: RoleStore,
    private readonly roles: RoleAdministration,
  ) {}

  @Describe({ summary: 'List roles', answer: RoleListAnswer })
  @Allow('view_roles')
  @Get()
  async index(@Query(new QueryPipe(ApiListQuery)) query: ApiListQuery): Promise<object> {
    const found = await this.store.page(listRequest(query));
    return apiPage(found, query, found.rows.map(roleJson));
  }

  @Describe({ summary: 'Show a role, by id or name', answer: RoleAnswer })
  @Allow('view_roles')
  @Get(':id')
  async show(@Param('id') key: string): Promise<object> {
    return roleJson(await this.store.get(key));
  }

  @Describe({ summary: 'Create a role', answer: RoleAnswer })
  @Allow('edit_roles')
  @Post()
  @HttpCode(201)
  async create(@Req() request: Request, @Body(new ZodPipe(RoleBody)) role: RoleBody): Promise<object> {
    return roleJson(await this.roles.create(authorOf(request), role));
  }

  @Describe({ summary: 'Change a role', answer: RoleAnswer })
  @Allow('edit_roles')
  @Put(':id')
  async update(
    @Req() request: Request,
    @Param('id') key: string,
    @Body(new ZodPipe(RoleChangeBody)) role: RoleChangeBody,
  ): Promise<object> {
    return roleJson(await this.roles.update(authorOf(request), key, role));
  }

  @Describe({ summary: 'Delete a role', answer: RoleAnswer })
  @Allow('edit_roles')
  @Delete(':id')
  async remove(@Req() request: Request, @Param('id') key: string): Promise<object> {
    return roleJson(await this.roles.remove(authorOf(request), key));
  }
}
