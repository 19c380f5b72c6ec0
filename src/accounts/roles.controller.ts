import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Reply, SeeOther, Urls, ZodPipe } from '../web';
import { refill } from '../view-kit';
import { wholePage } from '../foreman-kit';
import { AdminLayout, Allow, authorOf, actorOf } from '../auth';
import { RoleAdministration } from './role-administration';
import { RoleStore } from './role.store';
import { ROLES_PATH, roleForm, roleList, type RoleFormState } from './role.views';
import { roleJson } from './user.json';
import { RoleBody } from './user.params';

/** Pages of the roles; built-in ones can be looked at. */
@Controller('roles')
export class RolesController {
  constructor(
    private readonly store: RoleStore,
    private readonly roles: RoleAdministration,
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
  ) {}

  @Allow('view_roles')
  @Get()
  async index(@Req() request: Request): Promise<Reply> {
    const roles = await this.store.list();
    return new Reply(
      'roles/index',
      () => ({ ...this.layout.of(request, 'Roles'), ...roleList(actorOf(request), roles, this.urls) }),
      () => wholePage(roles.map(roleJson)),
    );
  }

  @Allow('edit_roles')
  @Get('new')
  blank(@Req() request: Request): Reply {
    return this.form(request, { role: null });
  }

  @Allow('edit_roles')
  @Post()
  @HttpCode(200)
  create(@Req() request: Request, @Body(new ZodPipe(RoleBody)) input: RoleBody): Promise<Reply | SeeOther> {
    return this.saved(this.roles.create(authorOf(request), input), request, { role: null, input });
  }

  @Allow('view_roles')
  @Get(':id/edit')
  async edit(@Req() request: Request, @Param('id') key: string): Promise<Reply> {
    return this.form(request, { role: await this.store.get(key) });
  }

  @Allow('edit_roles')
  @Post(':id')
  @HttpCode(200)
  async update(
    @Req() request: Request,
    @Param('id') key: string,
    @Body(new ZodPipe(RoleBody)) input: RoleBody,
  ): Promise<Reply | SeeOther> {
    const role = await this.store.get(key);
    return this.saved(this.roles.update(authorOf(request), role.id, input), request, { role, input });
  }

  @Allow('edit_roles')
  @Post(':id/delete')
  async remove(@Req() request: Request, @Param('id') key: string): Promise<SeeOther> {
    await this.roles.remove(authorOf(request), key);
    return this.list();
  }

  private saved(change: Promise<unknown>, request: Request, typed: RoleFormState): Promise<Reply | SeeOther> {
    const done = change.then(() => this.list());
    return refill(done, (faults) => this.form(request, { ...typed, faults }));
  }

  private list(): SeeOther {
    return new SeeOther(this.urls.url(ROLES_PATH));
  }

  private form(request: Request, state: RoleFormState): Reply {
    return new Reply(
      'roles/form',
      () => ({
        ...this.layout.of(request, state.role?.name ?? 'New role'),
        ...roleForm(actorOf(request), state, this.urls),
      }),
      () => (state.role === null ? {} : roleJson(state.role)),
    );
  }
}
