import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import type { Actor } from '../common/actor';
import { Describe, ZodPipe } from '../web';
import { Allow } from './allow';
import { auditSource } from './audit-trail';
import { CurrentActor } from './current-actor';
import { RoleDesk } from './role-desk';
import { roleJson, wholeListJson } from './user.json';
import { RoleBody, RoleChangeBody } from './user.params';
import { RoleAnswer, RoleListAnswer } from './user-api.schema';

/** Roles as Foreman's API v2 has them (Foreman: api/v2/roles_controller.rb), with their permissions. */
@Controller(['api/roles', 'api/v2/roles'])
export class RoleApiController {
  constructor(private readonly roles: RoleDesk) {}

  @Describe({ summary: 'List roles', answer: RoleListAnswer })
  @Allow('view_roles')
  @Get()
  async index(): Promise<object> {
    return wholeListJson((await this.roles.store.list()).map(roleJson));
  }

  @Describe({ summary: 'Show a role', answer: RoleAnswer })
  @Allow('view_roles')
  @Get(':id')
  async show(@Param('id') id: string): Promise<object> {
    return roleJson(await this.roles.store.get(id));
  }

  @Describe({ summary: 'Create a role', answer: RoleAnswer })
  @Allow('edit_roles')
  @Post()
  @HttpCode(201)
  async create(
    @CurrentActor() actor: Actor,
    @Body(new ZodPipe(RoleBody)) { role }: z.output<typeof RoleBody>,
    @Req() request: Request,
  ): Promise<object> {
    return roleJson(await this.roles.create(actor, role, auditSource(request)));
  }

  @Describe({ summary: 'Change a role', answer: RoleAnswer })
  @Allow('edit_roles')
  @Put(':id')
  async update(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body(new ZodPipe(RoleChangeBody)) { role }: z.output<typeof RoleChangeBody>,
    @Req() request: Request,
  ): Promise<object> {
    return roleJson(await this.roles.update(actor, id, role, auditSource(request)));
  }

  @Describe({ summary: 'Delete a role', answer: RoleAnswer })
  @Allow('edit_roles')
  @Delete(':id')
  async remove(@CurrentActor() actor: Actor, @Param('id') id: string, @Req() request: Request): Promise<object> {
    return roleJson(await this.roles.remove(actor, id, auditSource(request)));
  }
}
