import { Body, Controller, Get, Param, Post, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { AdminLayout, Allow, CurrentActor } from '../auth';
import { mayOneOf, type Actor } from '../common/actor';
import { ComputeResourceStore, type AuthSourceSettings } from '../compute-resources';
import { Reply, SeeOther, Urls, ZodPipe, wantsJson } from '../web';
import { AUTH_SOURCES_PATH, authSourceForm, authSourceList } from './auth-source.views';
import { ComputeResourceChanges, authorOf } from './compute-resource-changes';
import { authSourceJson } from './compute-resource-json';
import { checkBox, unwrapped } from './compute-resource-params';

const Settings = z.preprocess(
  unwrapped('foreman_ovirt_auth_source_ovirt', 'auth_source_ovirt'),
  z
    .object({
      enabled: checkBox,
      onthefly_register: checkBox,
      login_prefix: z
        .string()
        .regex(/^[\w.-]{1,40}$/, 'must be 1 to 40 letters, digits, or one of _ . -')
        .optional(),
      accept_readable_user: checkBox,
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
);

/** The oVirt auth sources, which come and go with the compute resources (foreman_ovirt: auth_source_ovirts_controller.rb). */
@Controller('auth_source_ovirts')
export class AuthSourcesController {
  constructor(
    private readonly store: ComputeResourceStore,
    private readonly changes: ComputeResourceChanges,
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
    const resource = await this.store.get(id);
    return new Reply(
      'admin/auth-source-form',
      async () => {
        const others = (await this.store.list()).filter(
          (other) => other.engineId === resource.engineId && other.id !== resource.id,
        );
        const names = others.map(({ name }) => name);
        return {
          ...this.layout.of(request, `Sign-in with ${resource.name}`),
          ...authSourceForm(resource, names, this.urls),
        };
      },
      () => ({ auth_source_ovirt: authSourceJson(resource) }),
    );
  }

  @Allow('edit_authenticators')
  @Post(':id')
  update(
    @Param('id') id: string,
    @Body(new ZodPipe(Settings)) settings: Partial<AuthSourceSettings>,
    @Req() request: Request,
  ): Promise<unknown> {
    return this.changed(id, settings, request);
  }

  @Allow('edit_authenticators')
  @Put(':id')
  replace(
    @Param('id') id: string,
    @Body(new ZodPipe(Settings)) settings: Partial<AuthSourceSettings>,
    @Req() request: Request,
  ): Promise<unknown> {
    return this.changed(id, settings, request);
  }

  private async changed(id: string, settings: Partial<AuthSourceSettings>, request: Request): Promise<unknown> {
    const resource = await this.changes.updateAuthSource(authorOf(request), id, settings);
    return wantsJson(request)
      ? { auth_source_ovirt: authSourceJson(resource) }
      : new SeeOther(this.urls.url(AUTH_SOURCES_PATH));
  }
}
