import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { Clock } from '../common/clock';
import { QueryPipe, Reply, SeeOther, Urls, ZodPipe, faultsOf } from '../web';
import { AdminLayout } from './admin-layout';
import { Allow } from './allow';
import { auditSource } from './audit-trail';
import { actorOf } from './current-actor';
import { RoleStore } from './role.store';
import { digestOf } from './token';
import { UserDesk } from './user-desk';
import { listJson, userJson } from './user.json';
import { ListQuery, UserBody } from './user.params';
import { USERS_PATH, userForm, userList, type UserFormState } from './user.views';

type UserBody = z.output<typeof UserBody>;

/** Pages of the users; local ones are made here, those of engines come with their first login. */
@Controller('users')
export class UsersController {
  constructor(
    private readonly desk: UserDesk,
    private readonly roles: RoleStore,
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
    private readonly clock: Clock,
  ) {}

  @Allow('view_users')
  @Get()
  async index(@Req() request: Request, @Query(new QueryPipe(ListQuery)) query: ListQuery): Promise<Reply> {
    const { search, page, per_page: perPage } = query;
    const users = await this.desk.directory.list({ search, page, perPage });
    return new Reply(
      'users/index',
      () => ({
        ...this.layout.of(request, 'Users'),
        ...userList(actorOf(request), users, query, this.urls, this.clock.now()),
      }),
      () => listJson(users, users.rows.map(userJson), search),
    );
  }

  @Allow('create_users')
  @Get('new')
  blank(@Req() request: Request): Reply {
    return this.form(request, { user: null });
  }

  @Allow('create_users')
  @Post()
  @HttpCode(200)
  async create(
    @Req() request: Request,
    @Body(new ZodPipe(UserBody)) { user: input }: UserBody,
  ): Promise<Reply | SeeOther> {
    return this.saved(this.desk.create(actorOf(request), input, auditSource(request)), request, { user: null, input });
  }

  @Allow('edit_users')
  @Get(':id/edit')
  async edit(@Req() request: Request, @Param('id') id: string): Promise<Reply> {
    return this.form(request, { user: await this.desk.directory.get(id) });
  }

  @Allow('edit_users')
  @Post(':id')
  @HttpCode(200)
  async update(
    @Req() request: Request,
    @Param('id') id: string,
    @Body(new ZodPipe(UserBody)) { user: input }: UserBody,
  ): Promise<Reply | SeeOther> {
    const { sessionToken } = request;
    const user = await this.desk.directory.get(id);
    const keep = sessionToken && digestOf(sessionToken);
    const change = this.desk.update(actorOf(request), id, input, { ...auditSource(request), keep });
    return this.saved(change, request, { user, input });
  }

  @Allow('destroy_users')
  @Get(':id/delete')
  async ask(@Req() request: Request, @Param('id') id: string): Promise<Reply> {
    const user = await this.desk.directory.get(id);
    return new Reply(
      'users/delete',
      () => ({
        ...this.layout.of(request, `Delete ${user.login}?`),
        login: user.login,
        ofEngine: user.engineId !== null,
        action: this.urls.url(`${USERS_PATH}/${user.id}/delete`),
        cancel: { label: 'Cancel', href: this.urls.url(`${USERS_PATH}/${user.id}/edit`) },
      }),
      () => userJson(user),
    );
  }

  @Allow('destroy_users')
  @Post(':id/delete')
  async remove(@Req() request: Request, @Param('id') id: string): Promise<SeeOther> {
    await this.desk.remove(actorOf(request), id, auditSource(request));
    return new SeeOther(this.urls.url(USERS_PATH));
  }

  private saved(change: Promise<unknown>, request: Request, typed: UserFormState): Promise<Reply | SeeOther> {
    return change.then(
      () => new SeeOther(this.urls.url(USERS_PATH)),
      (error: unknown) => this.form(request, { ...typed, faults: faultsOf(error) }),
    );
  }

  private form(request: Request, state: UserFormState): Reply {
    return new Reply(
      'users/form',
      async () => ({
        ...this.layout.of(request, state.user?.login ?? 'New user'),
        ...userForm(actorOf(request), state, await this.roles.list(), this.urls),
        status: state.faults === undefined ? 200 : 422,
      }),
      () => (state.user === null ? {} : userJson(state.user)),
    );
  }
}
