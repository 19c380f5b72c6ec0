import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import type { Actor } from '../common/actor';
import { Describe, QueryPipe, ZodPipe } from '../web';
import { Allow } from './allow';
import { auditSource } from './audit-trail';
import { CurrentActor } from './current-actor';
import { digestOf } from './token';
import { UserDesk } from './user-desk';
import { listJson, userJson } from './user.json';
import { ListQuery, UserBody } from './user.params';
import { UserAnswer, UserListAnswer } from './user-api.schema';

/** Users as Foreman's API v2 has them (Foreman: api/v2/users_controller.rb). */
@Controller(['api/users', 'api/v2/users'])
export class UserApiController {
  constructor(private readonly desk: UserDesk) {}

  @Describe({ summary: 'List users', answer: UserListAnswer })
  @Allow('view_users')
  @Get()
  async index(@Query(new QueryPipe(ListQuery)) { search, page, per_page: perPage }: ListQuery): Promise<object> {
    const found = await this.desk.directory.list({ search, page, perPage });
    return listJson(found, found.rows.map(userJson), search);
  }

  @Describe({ summary: 'Show a user', answer: UserAnswer })
  @Allow('view_users')
  @Get(':id')
  async show(@Param('id') id: string): Promise<object> {
    return userJson(await this.desk.directory.get(id));
  }

  @Describe({ summary: 'Create a user', answer: UserAnswer })
  @Allow('create_users')
  @Post()
  @HttpCode(201)
  async create(
    @CurrentActor() actor: Actor,
    @Body(new ZodPipe(UserBody)) { user }: z.output<typeof UserBody>,
    @Req() request: Request,
  ): Promise<object> {
    return userJson(await this.desk.create(actor, user, auditSource(request)));
  }

  @Describe({ summary: 'Change a user', answer: UserAnswer })
  @Allow('edit_users')
  @Put(':id')
  async update(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body(new ZodPipe(UserBody)) { user }: z.output<typeof UserBody>,
    @Req() request: Request,
  ): Promise<object> {
    const { sessionToken } = request;
    const keep = sessionToken && digestOf(sessionToken);
    return userJson(await this.desk.update(actor, id, user, { ...auditSource(request), keep }));
  }

  @Describe({ summary: 'Delete a user', answer: UserAnswer })
  @Allow('destroy_users')
  @Delete(':id')
  async remove(@CurrentActor() actor: Actor, @Param('id') id: string, @Req() request: Request): Promise<object> {
    return userJson(await this.desk.remove(actor, id, auditSource(request)));
  }
}
