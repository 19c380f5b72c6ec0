import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Reply, SeeOther, Urls, ZodPipe, faultsOf } from '../web';
import { AdminLayout } from './admin-layout';
import { Allow } from './allow';
import { auditSource } from './audit-trail';
import { actorOf } from './current-actor';
import { RoleDesk } from './role-desk';
import type { RoleDetails } from './role.store';
import { ROLES_PATH, roleForm, roleList, type RoleFormState } from './role.views';
import { roleJson, wholeListJson } from './user.json';
import { RoleFields } from './user.params';

const RoleForm = z.object({ role: RoleFields });
type RoleForm = z.output<typeof RoleForm>;

/** Pages of the roles; built-in ones can be looked at. */
@Controller('roles')
export class RolesController {
  constructor(
    private readonly roles: RoleDesk,
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
  ) {}

  @Allow('view_roles')
  @Get()
  async index(@Req() request: Request): Promise<Reply> {
    const roles = await this.roles.store.list();
    return new Reply(
      'roles/index',
      () => ({ ...this.layout.of(request, 'Roles'), ...roleList(actorOf(request), roles, this.urls) }),
      () => wholeListJson(roles.map(roleJson)),
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
  create(@Req() request: Request, @Body(new ZodPipe(RoleForm)) { role: input }: RoleForm): Promise<Reply | SeeOther> {
    const change = this.roles.create(actorOf(request), input, auditSource(request));
    return this.saved(change, request, { role: null, input });
  }

  @Allow('view_roles')
  @Get(':id/edit')
  async edit(@Req() request: Request, @Param('id') id: string): Promise<Reply> {
    return this.form(request, { role: await this.roles.store.get(id) });
  }

  @Allow('edit_roles')
  @Post(':id')
  @HttpCode(200)
  async update(
    @Req() request: Request,
    @Param('id') id: string,
    @Body(new ZodPipe(RoleForm)) { role: input }: RoleForm,
  ): Promise<Reply | SeeOther> {
    const role = await this.roles.store.get(id);
    const change = this.roles.update(actorOf(request), id, input, auditSource(request));
    return this.saved(change, request, { role, input });
  }

  @Allow('edit_roles')
  @Post(':id/delete')
  async remove(@Req() request: Request, @Param('id') id: string): Promise<SeeOther> {
    await this.roles.remove(actorOf(request), id, auditSource(request));
    return new SeeOther(this.urls.url(ROLES_PATH));
  }

  private saved(change: Promise<RoleDetails>, request: Request, typed: RoleFormState): Promise<Reply | SeeOther> {
    return change.then(
      () => new SeeOther(this.urls.url(ROLES_PATH)),
      (error: unknown) => this.form(request, { ...typed, faults: faultsOf(error) }),
    );
  }

  private form(request: Request, state: RoleFormState): Reply {
    return new Reply(
      'roles/form',
      () => ({
        ...this.layout.of(request, state.role?.name ?? 'New role'),
        ...roleForm(actorOf(request), state, this.urls),
        status: state.faults === undefined ? 200 : 422,
      }),
      () => (state.role === null ? {} : roleJson(state.role)),
    );
  }
}
