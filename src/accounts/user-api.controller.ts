import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { ApiListQuery, Describe, QueryPipe, ZodPipe, listRequest } from '../web';
import { apiPage } from '../foreman-kit';
import { Allow, authorOf } from '../auth';
import { UserAdministration } from './user-administration';
import { UserDirectory } from './user-directory.read-model';
import { userJson } from './user.json';
import { UserBody } from './user.params';
import { UserAnswer, UserListAnswer } from './user-api.schema';

/** Users as Foreman's API v2 has them (Foreman: api/v2/users_controller.rb). */
@Controller(['api/users', 'api/v2/users'])
export class UserApiController {
  constructor(
    private readonly directory: UserDirectory,
    private readonly users: UserAdministration,
  ) {}

  @Describe({ summary: 'List users', answer: UserListAnswer })
  @Allow('view_users')
  @Get()
  async index(@Query(new QueryPipe(ApiListQuery)) query: ApiListQuery): Promise<object> {
    const found = await this.directory.page(listRequest(query));
    return apiPage(found, query, found.rows.map(userJson));
  }

  @Describe({ summary: 'Show a user, by id or login', answer: UserAnswer })
  @Allow('view_users')
  @Get(':id')
  async show(@Param('id') key: string): Promise<object> {
    return userJson(await this.directory.get(key));
  }

  @Describe({ summary: 'Create a user', answer: UserAnswer })
  @Allow('create_users')
  @Post()
  @HttpCode(201)
  async create(@Req() request: Request, @Body(new ZodPipe(UserBody)) user: UserBody): Promise<object> {
    return userJson(await this.users.create(authorOf(request), user));
  }

  @Describe({ summary: 'Change a user', answer: UserAnswer })
  @Allow('edit_users')
  @Put(':id')
  async update(
    @Req() request: Request,
    @Param('id') key: string,
    @Body(new ZodPipe(UserBody)) user: UserBody,
  ): Promise<object> {
    return userJson(await this.users.update(authorOf(request), key, user));
  }

  @Describe({ summary: 'Delete a user', answer: UserAnswer })
  @Allow('destroy_users')
  @Delete(':id')
  async remove(@Req() request: Request, @Param('id') key: string): Promise<object> {
    return userJson(await this.users.remove(authorOf(request), key));
  }
}
