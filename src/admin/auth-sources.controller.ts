import { Body, Controller, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { AdminLayout, Allow, CurrentActor, authorOf } from '../auth';
import { mayOneOf, type Actor } from '../common/actor';
import {
  ComputeResourceService,
  ComputeResourceStore,
  type AuthSourceSettings,
  type ComputeResource,
} from '../compute-resources';
import { Flag, Reply, SeeOther, Text, Urls, ZodPipe, wantsJson, wrapped } from '../web';
import { refill } from '../view-kit';
import { AUTH_SOURCES_PATH, authSourceForm, authSourceList, type AuthSourceFormState } from './auth-source.views';
import { authSourceJson } from './compute-resource-json';

const Settings = wrapped(
  z
    .object({
      enabled: Flag.optional(),
      onthefly_register: Flag.optional(),
      login_prefix: Text.optional(),
      accept_readable_user: Flag.optional(),
    })
    .transform((of): Partial<AuthSourceSettings> => {
      const all = {
        enabled: of.enabled,
        ontheflyRegister: of.onthefly_register,
        loginPrefix: of.login_prefix,
        acceptReadableUser: of.accept_readable_user,
      };
      return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    }),
  'foreman_ovirt_auth_source_ovirt',
  'auth_source_ovirt',
);
type Settings = z.output<typeof Settings>;

/** The oVirt auth sources, which come and go with the compute resources (foreman_ovirt: auth_source_ovirts_controller.rb). */
@Controller('auth_source_ovirts')
export class AuthSourcesController {
  constructor(
    private readonly store: ComputeResourceStore,
    private readonly service: ComputeResourceService,
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
  ) {}

  @Allow('view_authenticators')
  @Get()
  async index(@Req() request: Request, @CurrentActor() actor: Actor): Promise<Reply> {
    const resources = await this.store.list();
    return new Reply(
      'admin/auth-sources',
      () => ({
        ...this.layout.of(request, 'oVirt auth sources'),
        ...authSourceList(resources, mayOneOf(actor, ['edit_authenticators']), this.urls),
      }),
      () => resources.map((resource) => ({ auth_source_ovirt: authSourceJson(resource) })),
    );
  }

  /** A page has nothing to show that the form does not. */
  @Allow('view_authenticators')
  @Get([':id', ':id/edit'])
  async edit(@Req() request: Request, @Param('id') id: string): Promise<Reply> {
    return this.form(request, await this.store.get(id));
  }

  @Allow('edit_authenticators')
  @Post(':id')
  @HttpCode(200)
  update(
    @Param('id') id: string,
    @Body(new ZodPipe(Settings)) settings: Settings,
    @Req() request: Request,
  ): Promise<unknown> {
    return this.changed(id, settings, request);
  }

  @Allow('edit_authenticators')
  @Put(':id')
  replace(
    @Param('id') id: string,
    @Body(new ZodPipe(Settings)) settings: Settings,
    @Req() request: Request,
  ): Promise<unknown> {
    return this.changed(id, settings, request);
  }

  private async changed(id: string, settings: Settings, request: Request): Promise<unknown> {
    const before = await this.store.get(id);
    const done = this.service
      .updateAuthSource(authorOf(request), before.id, settings)
      .then((resource) =>
        wantsJson(request)
          ? { auth_source_ovirt: authSourceJson(resource) }
          : new SeeOther(this.urls.url(AUTH_SOURCES_PATH)),
      );
    return refill(done, (faults) => this.form(request, before, { typed: settings, faults }));
  }

  private form(request: Request, resource: ComputeResource, state: AuthSourceFormState = {}): Reply {
    return new Reply(
      'admin/auth-source-form',
      async () => {
        const others = (await this.store.list()).filter(
          (other) => other.engineId === resource.engineId && other.id !== resource.id,
        );
        const names = others.map(({ name }) => name);
        return {
          ...this.layout.of(request, `Sign-in with ${resource.name}`),
          ...authSourceForm(resource, names, this.urls, state),
        };
      },
      () => ({ auth_source_ovirt: authSourceJson(resource) }),
    );
  }
}
