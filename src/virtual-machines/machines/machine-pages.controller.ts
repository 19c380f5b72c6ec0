import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { AdminLayout, Allow, CurrentActor, actorOf, authorOf } from '../../auth';
import type { Actor } from '../../common/actor';
import { Clock } from '../../common/clock';
import { apiPage } from '../../foreman-kit';
import { operationPanel, Operations } from '../../operations';
import { listAddress } from '../../view-kit';
import { PageListQuery, QueryPipe, inBackground, Reply, SeeOther, ZodPipe, listRequest } from '../../web';
import { MachineActions } from '../power/machine-actions';
import type { PowerAction } from '../power/power.kinds';
import { machineJson } from './machine-json';
import { machineList, machinePage, refreshSecondsOf } from './machine.views';
import { Machines } from './machines';

const PATH = '/virtual_machines';
const ListQuery = PageListQuery.extend({ unowned: z.enum(['true', 'false']).optional() });
const CaptureForm = z
  .object({ template: z.object({ name: z.string().max(255), description: z.string().max(200).default('') }) })
  .transform((form) => form.template);
const RemoveForm = z.object({ keep_disks: z.enum(['0', '1']).default('0') });
const Verb = z.enum(['start', 'shutdown', 'stop', 'reboot', 'suspend']);

/** Machines launched here, as pages. */
@Controller('virtual_machines')
export class MachinePagesController {
  constructor(
    private readonly machines: Machines,
    private readonly actions: MachineActions,
    private readonly operations: Operations,
    private readonly layout: AdminLayout,
    private readonly clock: Clock,
  ) {}

  @Allow('view_compute_resources_vms')
  @Get()
  async index(
    @Req() request: Request,
    @Query(new QueryPipe(ListQuery)) query: z.output<typeof ListQuery>,
  ): Promise<Reply> {
    const { urls } = this.layout;
    const actor = actorOf(request);
    const unowned = query.unowned === 'true';
    const { found, placeOf } = await this.machines.page(actor, listRequest(query), {
      unowned,
      background: inBackground(request),
    });
    const all = urls.url(PATH);
    const address = listAddress(urls, PATH, query);
    return new Reply(
      'machines/index',
      () => ({
        ...this.layout.of(request, unowned ? 'Machines that nobody owns' : 'Machines'),
        ...machineList(found, { actor, urls, address: (page) => `${address(page)}${unowned ? '&unowned=true' : ''}` }),
        search: { action: all, value: query.search, clearUrl: query.search === '' ? undefined : all },
        unownedUrl: unowned ? null : `${all}?unowned=true`,
        allUrl: unowned ? all : null,
        nothing: nothing(query.search, unowned, all),
      }),
      () =>
        apiPage(
          found,
          query,
          found.rows.map((machine) => machineJson(machine, placeOf(machine))),
        ),
    );
  }

  @Allow('view_compute_resources_vms')
  @Get(':id')
  async show(@Req() request: Request, @CurrentActor() actor: Actor, @Param('id') id: string): Promise<Reply> {
    const { machine, place } = await this.machines.get(actor, id, { background: inBackground(request) });
    const { urls } = this.layout;
    return new Reply(
      'machines/show',
      async () => {
        const operation = await this.operations.seen(actor, machine.operationId);
        return {
          ...this.layout.of(request, machine.name),
          ...machinePage(machine, { actor, urls, place, now: this.clock.now() }),
          refreshSeconds: refreshSecondsOf(machine, operation?.finishedAt !== null),
          panel: operation && operationPanel(operation, this.operations.isCancellable(operation), urls),
        };
      },
      () => machineJson(machine, place),
    );
  }

  @Allow('create_compute_resources_vms')
  @Post(':id/capture')
  async capture(
    @Req() request: Request,
    @Param('id') id: string,
    @Body(new ZodPipe(CaptureForm)) template: z.output<typeof CaptureForm>,
  ): Promise<SeeOther> {
    const { operation } = await this.actions.begin(authorOf(request), id, { verb: 'capture', template });
    return new SeeOther(this.layout.urls.url(`/operations/${operation.id}`));
  }

  @Allow('destroy_compute_resources_vms')
  @Post(':id/remove')
  async remove(
    @Req() request: Request,
    @Param('id') id: string,
    @Body(new ZodPipe(RemoveForm)) { keep_disks: keep }: z.output<typeof RemoveForm>,
  ): Promise<SeeOther> {
    await this.actions.begin(authorOf(request), id, { verb: 'remove', keepDisks: keep === '1' });
    return this.back(id);
  }

  @Allow('power_compute_resources_vms')
  @Post(':id/:verb')
  async power(
    @Req() request: Request,
    @Param('id') id: string,
    @Param('verb', new ZodPipe(Verb)) verb: PowerAction,
  ): Promise<SeeOther> {
    await this.actions.begin(authorOf(request), id, { verb });
    return this.back(id);
  }

  private back(id: string): SeeOther {
    return new SeeOther(this.layout.urls.url(`${PATH}/${encodeURIComponent(id)}`));
  }
}

function nothing(search: string, unowned: boolean, all: string): object {
  if (search !== '')
    return {
      title: 'No machine matches',
      text: 'Change the search above.',
      link: { label: 'All machines', href: all },
    };
  if (unowned) return { title: 'Nothing is left over', text: 'Every machine that was made here has an owner.' };
  return {
    title: 'No machine was launched here yet',
    text: 'Virtual machines that are launched here are listed with their addresses and what can be done to them.',
  };
}
