import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Allow, CurrentActor } from '../auth';
import { mayOneOf, type Actor } from '../common/actor';
import { ComputeResource, ComputeResourceService, ComputeResourceStore } from '../compute-resources';
import { Reply, SeeOther, Urls, ZodPipe } from '../web';
import { AdminPage } from './admin-page';
import { computeResourceForm, type FormState } from './compute-resource-form.view';
import { ComputeResourceForms } from './compute-resource-forms';
import { computeResourceJson, listJson, probeJson } from './compute-resource-json';
import { ComputeResourceForm } from './compute-resource-params';
import { computeResourceList, computeResourcePage, deletionPage, type MayDo } from './compute-resource.views';

const PATH = '/compute_resources';

/** The registered engines, for administrators (Foreman: compute_resources_controller.rb). */
@Controller('compute_resources')
export class ComputeResourcePagesController {
  constructor(
    private readonly store: ComputeResourceStore,
    private readonly service: ComputeResourceService,
    private readonly forms: ComputeResourceForms,
    private readonly page: AdminPage,
    private readonly urls: Urls,
  ) {}

  @Allow('view_compute_resources')
  @Get()
  async index(@CurrentActor() actor: Actor): Promise<Reply> {
    const resources = await this.store.list();
    return new Reply(
      'admin/compute-resources',
      async () => ({
        ...this.page.layout(actor, 'Compute resources', PATH),
        ...computeResourceList(resources, await this.store.hostCounts(), mayDo(actor), this.urls),
      }),
      () => listJson(resources.map(computeResourceJson)),
    );
  }

  @Allow('create_compute_resources')
  @Get('new')
  create(@CurrentActor() actor: Actor): Reply {
    return this.form(actor, this.forms.fresh(), 200);
  }

  @Allow('create_compute_resources')
  @Post()
  async save(
    @CurrentActor() actor: Actor,
    @Body(new ZodPipe(ComputeResourceForm)) form: ComputeResourceForm,
  ): Promise<Reply | SeeOther> {
    return this.saved(actor, await this.forms.save(form));
  }

  @Allow('create_compute_resources', 'edit_compute_resources')
  @Post('test_connection')
  @HttpCode(200)
  async test(
    @CurrentActor() actor: Actor,
    @Body(new ZodPipe(ComputeResourceForm)) form: ComputeResourceForm,
  ): Promise<Reply> {
    const state = await this.forms.test(form);
    return this.form(actor, state, Object.keys(state.faults).length > 0 ? 422 : 200);
  }

  @Allow('view_compute_resources')
  @Get(':id')
  async show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Reply> {
    const resource = await this.store.get(id);
    return new Reply(
      'admin/compute-resource',
      async () => {
        const all = await this.store.list();
        const sameEngine = all.filter(({ engineId }) => engineId === resource.engineId);
        return {
          ...this.page.layout(actor, resource.name, PATH),
          ...computeResourcePage(await this.withDependents(resource), sameEngine, mayDo(actor), this.urls),
        };
      },
      () => computeResourceJson(resource),
    );
  }

  @Allow('edit_compute_resources')
  @Get(':id/edit')
  async edit(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Reply> {
    return this.form(actor, await this.forms.edit(id), 200);
  }

  @Allow('edit_compute_resources')
  @Post(':id')
  async update(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body(new ZodPipe(ComputeResourceForm)) form: ComputeResourceForm,
  ): Promise<Reply | SeeOther> {
    return this.saved(actor, await this.forms.save(form, id));
  }

  @Allow('destroy_compute_resources')
  @Get(':id/delete')
  async confirm(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Reply> {
    const registered = await this.withDependents(await this.store.get(id));
    return new Reply(
      'admin/compute-resource-delete',
      () => ({
        ...this.page.layout(actor, `Delete ${registered.resource.name}`, PATH),
        ...deletionPage(registered, this.urls),
      }),
      () => ({ ...computeResourceJson(registered.resource), ...registered.dependents }),
    );
  }

  @Allow('destroy_compute_resources')
  @Post(':id/delete')
  async remove(@Param('id') id: string): Promise<SeeOther> {
    await this.service.remove(id);
    return new SeeOther(this.urls.url(PATH));
  }

  private saved(actor: Actor, outcome: ComputeResource | FormState): Reply | SeeOther {
    return outcome instanceof ComputeResource
      ? new SeeOther(this.urls.url(`${PATH}/${outcome.id}`))
      : this.form(actor, outcome, 422);
  }

  private form(actor: Actor, state: FormState, status: number): Reply {
    return new Reply(
      'admin/compute-resource-form',
      () => {
        const page = computeResourceForm(state, this.urls);
        return { ...this.page.layout(actor, page.heading, PATH), ...page, status };
      },
      () => (state.probe ? probeJson(state.probe) : { success: false, errors: state.faults }),
    );
  }

  private async withDependents(resource: ComputeResource) {
    return { resource, dependents: await this.store.dependents(resource) };
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
