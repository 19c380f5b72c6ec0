import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { AdminLayout, Allow, CurrentActor, authorOf } from '../auth';
import { mayOneOf, type Actor } from '../common/actor';
import { ComputeResourceService, ComputeResource, ComputeResourceStore } from '../compute-resources';
import { QueryPipe, SeeOther, Reply, ZodPipe } from '../web';
import { wholePage } from '../foreman-kit';
import { computeResourceForm, type FormState } from './compute-resource-form.view';
import { ComputeResourceForms } from './compute-resource-forms';
import { DependentsReadModel } from './dependents.read-model';
import { computeResourceJson, probeJson } from './compute-resource-json';
import { ComputeResourceForm } from './compute-resource-params';
import {
  associatedText,
  computeResourceList,
  computeResourcePage,
  deletionPage,
  type MayDo,
} from './compute-resource.views';

const PATH = '/compute_resources';
/** How many hosts were associated just now. */
const ShowQuery = z
  .object({
    associated: z
      .string()
      .regex(/^\d{1,6}$/)
      .optional(),
  })
  .loose();

/** The registered engines, for administrators (Foreman: compute_resources_controller.rb). */
@Controller('compute_resources')
export class ComputeResourcePagesController {
  constructor(
    private readonly store: ComputeResourceStore,
    private readonly service: ComputeResourceService,
    private readonly dependents: DependentsReadModel,
    private readonly forms: ComputeResourceForms,
    private readonly layout: AdminLayout,
  ) {}

  @Allow('view_compute_resources')
  @Get()
  async index(@Req() request: Request, @CurrentActor() actor: Actor): Promise<Reply> {
    const resources = await this.store.list();
    return new Reply(
      'admin/compute-resources',
      async () => ({
        ...this.layout.of(request, 'Compute resources'),
        ...computeResourceList(resources, await this.dependents.hostCounts(), mayDo(actor), this.layout.urls),
      }),
      () => wholePage(resources.map(computeResourceJson)),
    );
  }

  @Allow('create_compute_resources')
  @Get('new')
  create(@Req() request: Request): Reply {
    return this.form(request, this.forms.fresh(), 200);
  }

  @Allow('create_compute_resources')
  @Post()
  async save(
    @Req() request: Request,
    @Body(new ZodPipe(ComputeResourceForm)) form: ComputeResourceForm,
  ): Promise<Reply | SeeOther> {
    return this.saved(request, await this.forms.save(authorOf(request), form));
  }

  @Allow('create_compute_resources', 'edit_compute_resources')
  @Post('test_connection')
  @HttpCode(200)
  async test(
    @Req() request: Request,
    @Body(new ZodPipe(ComputeResourceForm)) form: ComputeResourceForm,
  ): Promise<Reply> {
    const state = await this.forms.test(authorOf(request), form);
    return this.form(request, state, Object.keys(state.faults).length > 0 ? 422 : 200);
  }

  @Allow('view_compute_resources')
  @Get(':id')
  async show(
    @Req() request: Request,
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query(new QueryPipe(ShowQuery)) { associated }: z.output<typeof ShowQuery>,
  ): Promise<Reply> {
    const resource = await this.store.get(id);
    return new Reply(
      'admin/compute-resource',
      async () => {
        const all = await this.store.list();
        const sameEngine = all.filter(({ engineId }) => engineId === resource.engineId);
        return {
          ...this.layout.of(request, resource.name),
          associated: associated && associatedText(Number(associated)),
          ...computeResourcePage(await this.withDependents(resource), sameEngine, mayDo(actor), this.layout.urls),
        };
      },
      () => computeResourceJson(resource),
    );
  }

  @Allow('edit_compute_resources')
  @Get(':id/edit')
  async edit(@Req() request: Request, @Param('id') id: string): Promise<Reply> {
    return this.form(request, await this.forms.edit(id), 200);
  }

  @Allow('edit_compute_resources')
  @Post(':id')
  async update(
    @Req() request: Request,
    @Param('id') id: string,
    @Body(new ZodPipe(ComputeResourceForm)) form: ComputeResourceForm,
  ): Promise<Reply | SeeOther> {
    return this.saved(request, await this.forms.save(authorOf(request), form, id));
  }

  @Allow('destroy_compute_resources')
  @Get(':id/delete')
  async confirm(@Req() request: Request, @Param('id') id: string): Promise<Reply> {
    const registered = await this.withDependents(await this.store.get(id));
    return new Reply(
      'admin/compute-resource-delete',
      () => ({
        ...this.layout.of(request, `Delete ${registered.resource.name}`),
        ...deletionPage(registered, this.layout.urls),
      }),
      () => ({ ...computeResourceJson(registered.resource), ...registered.dependents }),
    );
  }

  @Allow('destroy_compute_resources')
  @Post(':id/delete')
  async remove(@Req() request: Request, @Param('id') id: string): Promise<SeeOther> {
    await this.service.remove(authorOf(request), id);
    return new SeeOther(this.layout.urls.url(PATH));
  }

  private saved(request: Request, outcome: ComputeResource | FormState): Reply | SeeOther {
    return outcome instanceof ComputeResource
      ? new SeeOther(this.layout.urls.url(`${PATH}/${outcome.id}`))
      : this.form(request, outcome, 422);
  }

  private form(request: Request, state: FormState, status: number): Reply {
    return new Reply(
      'admin/compute-resource-form',
      () => {
        const page = computeResourceForm(state, this.layout.urls);
        return { ...this.layout.of(request, page.heading), ...page, status };
      },
      () => (state.probe ? probeJson(state.probe) : {}),
      state.fault,
    );
  }

  private async withDependents(resource: ComputeResource) {
    return { resource, dependents: await this.dependents.of(resource) };
  }
}

function mayDo(actor: Actor): MayDo {
  return {
    create: mayOneOf(actor, ['create_compute_resources']),
    edit: mayOneOf(actor, ['edit_compute_resources']),
    destroy: mayOneOf(actor, ['destroy_compute_resources']),
    authSources: mayOneOf(actor, ['edit_authenticators']),
  };
}
