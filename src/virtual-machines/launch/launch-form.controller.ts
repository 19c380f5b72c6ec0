import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { AdminLayout, Allow, actorOf, authorOf } from '../../auth';
import { AppError } from '../../common/app-error';
import { ComputeLists } from '../../compute-lists';
import { ComputeResourceStore } from '../../compute-resources';
import { refill, type FieldFaults } from '../../view-kit';
import { QueryPipe, Reply, SeeOther, ZodPipe } from '../../web';
import { launchForm, type Offered, type Typed } from './launch-form.view';
import { LaunchFields } from './launch.schema';
import { LaunchService } from './launch.service';

const ChosenQuery = z.object({ compute_resource_id: z.string().max(255).optional() });
const FormBody = z
  .object({ virtual_machine: z.record(z.string(), z.string().max(65_536)) })
  .transform((form) => form.virtual_machine);

interface FormState {
  key: string | undefined;
  typed: Typed;
  faults: FieldFaults;
}

/** The form that launches a machine. */
@Controller('virtual_machines')
export class LaunchFormController {
  constructor(
    private readonly launches: LaunchService,
    private readonly lists: ComputeLists,
    private readonly resources: ComputeResourceStore,
    private readonly layout: AdminLayout,
  ) {}

  @Allow('create_compute_resources_vms')
  @Get('new')
  blank(
    @Req() request: Request,
    @Query(new QueryPipe(ChosenQuery)) query: z.output<typeof ChosenQuery>,
  ): Promise<Reply> {
    return this.form(request, { key: query.compute_resource_id, typed: {}, faults: {} });
  }

  @Allow('create_compute_resources_vms')
  @Post()
  launch(
    @Req() request: Request,
    @Body(new ZodPipe(FormBody)) typed: z.output<typeof FormBody>,
  ): Promise<Reply | SeeOther> {
    const { urls } = this.layout;
    const launched = this.asFields(typed)
      .then((fields) => this.launches.launch(authorOf(request), fields))
      .then(({ operation }) => new SeeOther(urls.url(`/operations/${operation.id}`)));
    return refill(launched, (faults) => this.form(request, { key: typed.compute_resource_id, typed, faults }));
  }

  /** What is left empty was not given. */
  private async asFields(typed: Typed): Promise<LaunchFields> {
    const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ''));
    const parsed = await LaunchFields.safeParseAsync({ vm_name: '', ...given });
    if (parsed.success) return parsed.data;
    const fields: FieldFaults = {};
    for (const { path, message } of parsed.error.issues) (fields[String(path[0])] ??= []).push(message);
    throw new AppError('invalid', 'The form has faults', { fields });
  }

  private async form(request: Request, { key, typed, faults }: FormState): Promise<Reply> {
    const actor = actorOf(request);
    const all = (await this.resources.list()).filter(
      ({ engineId, engineWrites }) => engineWrites && (actor.engineId === undefined || actor.engineId === engineId),
    );
    const chosen =
      all.find(({ id, name }) => String(id) === key || name === key) ?? (all.length === 1 ? all[0] : undefined);
    const { offered, notice } =
      chosen === undefined ? nothingChosen(all.length) : await this.offered(request, chosen.id);
    const view = launchForm(
      { offered, typed, faults, notice },
      { resources: all, resourceId: chosen?.id ?? null, urls: this.layout.urls },
    );
    return new Reply(
      'machines/new',
      () => ({ ...this.layout.of(request, 'Launch a machine'), ...view }),
      () => ({ compute_resources: all.map(({ id, name }) => ({ id, name })) }),
    );
  }

  private async offered(request: Request, id: number): Promise<{ offered: Offered | null; notice: string | null }> {
    try {
      const seen = await this.lists.seenBy(actorOf(request), id);
      const [clusters, templates, flavors] = await Promise.all([
        seen.clusters(),
        seen.templates(),
        seen.instanceTypes().catch(noneBefore35),
      ]);
      return { offered: { clusters, templates, flavors }, notice: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { offered: null, notice: error.message };
    }
  }
}

function noneBefore35(error: unknown): [] {
  if (error instanceof AppError && error.details.reason === 'unsupported') return [];
  throw error;
}

function nothingChosen(count: number): { offered: null; notice: string | null } {
  const none =
    'No engine takes changes from here: a Foreman administrator switches them on, on the page of its compute resource';
  return { offered: null, notice: count === 0 ? none : null };
}
