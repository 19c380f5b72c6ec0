import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/app-error';
import { Clock } from '../common/clock';
import type { Page } from '../common/paging';
import { PageListQuery, QueryPipe, Reply, SeeOther, ZodPipe, listRequest } from '../web';
import { apiPage } from '../foreman-kit';
import { refill } from '../view-kit';
import { AdminLayout, Allow, authorOf, actorOf } from '../auth';
import { RoleStore } from './role.store';
import { UserAdministration } from './user-administration';
import { UserDirectory, fullNameOf, type UserDetails } from './user-directory.read-model';
import { userJson } from './user.json';
import { UserBody } from './user.params';
import { USERS_PATH, userDeletion, userForm, userList, type UserFormState } from './user.views';

/** Pages of the users; local ones are made here, those of engines come with their first login. */
@Controller('users')
export class UsersController {
  constructor(
    private readonly directory: UserDirectory,
    private readonly users: UserAdministration,
    private readonly roles: RoleStore,
    private readonly layout: AdminLayout,
    private readonly clock: Clock,
  ) {}

  @Allow('view_users')
  @Get()
  async index(@Req() request: Request, @Query(new QueryPipe(PageListQuery)) query: PageListQuery): Promise<Reply> {
    const { found, fault } = await this.found(query);
    return new Reply(
      'users/index',
      () => ({
        ...this.layout.of(request, 'Users'),
        ...userList(actorOf(request), found, { query, fault }, this.layout.urls, this.clock.now()),
      }),
      () => apiPage(found, query, found.rows.map(userJson)),
      fault,
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
  create(@Req() request: Request, @Body(new ZodPipe(UserBody)) input: UserBody): Promise<Reply | SeeOther> {
    return this.saved(this.users.create(authorOf(request), input), request, { user: null, input });
  }

  @Allow('edit_users')
  @Get(':id/edit')
  async edit(@Req() request: Request, @Param('id') key: string): Promise<Reply> {
    return this.form(request, { user: await this.directory.get(key) });
  }

  @Allow('edit_users')
  @Post(':id')
  @HttpCode(200)
  async update(
    @Req() request: Request,
    @Param('id') key: string,
    @Body(new ZodPipe(UserBody)) input: UserBody,
  ): Promise<Reply | SeeOther> {
    const user = await this.directory.get(key);
    return this.saved(this.users.update(authorOf(request), user.id, input), request, { user, input });
  }

  @Allow('destroy_users')
  @Get(':id/delete')
  async ask(@Req() request: Request, @Param('id') key: string): Promise<Reply> {
    const user = await this.directory.get(key);
    return new Reply(
      'users/delete',
      () => ({ ...this.layout.of(request, `Delete ${fullNameOf(user)}?`), ...userDeletion(user, this.layout.urls) }),
      () => userJson(user),
    );
  }

  @Allow('destroy_users')
  @Post(':id/delete')
  async remove(@Req() request: Request, @Param('id') key: string): Promise<SeeOther> {
    await this.users.remove(authorOf(request), key);
    return this.list();
  }

  /** Nobody, and why, where the search is not understood. */
  private async found(query: PageListQuery): Promise<{ found: Page<UserDetails>; fault?: AppError }> {
    try {
      return { found: await this.directory.page(listRequest(query)) };
    } catch (fault) {
      if (!(fault instanceof AppError) || fault.code !== 'search_syntax') throw fault;
      return { found: { total: 0, subtotal: 0, page: 1, perPage: query.per_page, rows: [] }, fault };
    }
  }

  private saved(change: Promise<unknown>, request: Request, typed: UserFormState): Promise<Reply | SeeOther> {
    const done = change.then(() => this.list());
    return refill(done, (faults) => this.form(request, { ...typed, faults }));
  }

  private list(): SeeOther {
    return new SeeOther(this.layout.urls.url(USERS_PATH));
  }

  private form(request: Request, state: UserFormState): Reply {
    return new Reply(
      'users/form',
      async () => ({
        ...this.layout.of(request, state.user === null ? 'New user' : fullNameOf(state.user)),
        ...userForm(actorOf(request), state, await this.roles.list(), this.layout.urls),
      }),
      () => (state.user === null ? {} : userJson(state.user)),
    );
  }
}
