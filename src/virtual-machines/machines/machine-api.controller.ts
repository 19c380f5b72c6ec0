import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Allow, CurrentActor, authorOf } from '../../auth';
import type { Actor } from '../../common/actor';
import { apiPage } from '../../foreman-kit';
import { operationJson, repeatable, Operations } from '../../operations';
import { ApiListQuery, Describe, QueryPipe, Urls, ZodPipe, listRequest } from '../../web';
import { LaunchBody } from '../launch/launch.schema';
import type { Launched } from '../launch/launch-records';
import { LaunchService } from '../launch/launch.service';
import { MachineActions, type Action } from '../power/machine-actions';
import { BegunAnswer, MachineAnswer, MachineListAnswer, machineJson } from './machine-json';
import { Machines } from './machines';

const flag = z.enum(['true', 'false', '1', '0']).transform((word) => word === 'true' || word === '1');
const ListQuery = ApiListQuery.extend({
  unowned: flag.optional().describe('Those that were made here and nobody owns any more'),
});
const RemoveQuery = z.object({ keep_disks: flag.default(false) });
const CaptureBody = z
  .object({ template: z.object({ name: z.string().max(255), description: z.string().max(200).default('') }) })
  .transform((body) => body.template);

/** Virtual machines that were launched here. */
@Controller(['api/virtual_machines', 'api/v2/virtual_machines'])
export class MachineApiController {
  constructor(
    private readonly machines: Machines,
    private readonly launches: LaunchService,
    private readonly actions: MachineActions,
    private readonly operations: Operations,
    private readonly urls: Urls,
  ) {}

  @Describe({
    summary: 'List machines launched here',
    answer: MachineListAnswer,
    notes: "One's own, and those that the engine shows the caller",
  })
  @Allow('view_compute_resources_vms')
  @Get()
  async index(
    @CurrentActor() actor: Actor,
    @Query(new QueryPipe(ListQuery)) query: z.output<typeof ListQuery>,
  ): Promise<object> {
    const { found, placeOf } = await this.machines.page(actor, listRequest(query), { unowned: query.unowned });
    return apiPage(
      found,
      query,
      found.rows.map((machine) => machineJson(machine, placeOf(machine))),
    );
  }

  @Describe({ summary: 'Show a machine', answer: MachineAnswer })
  @Allow('view_compute_resources_vms')
  @Get(':id')
  async show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    const { machine, place } = await this.machines.get(actor, id);
    return machineJson(machine, place);
  }

  @Describe({
    summary: 'Launch a virtual machine',
    answer: BegunAnswer,
    notes: 'Answers 202 once the operation is kept; Idempotency-Key is heeded',
  })
  @Allow('create_compute_resources_vms')
  @Post()
  @HttpCode(202)
  async launch(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body(new ZodPipe(LaunchBody)) fields: z.output<typeof LaunchBody>,
  ): Promise<object> {
    return this.begun(response, await this.launches.launch(authorOf(request), fields, repeatable(request)));
  }

  @Describe({ summary: 'Make a template of a machine', answer: BegunAnswer })
  @Allow('create_compute_resources_vms')
  @Post(':id/capture')
  @HttpCode(202)
  capture(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('id') id: string,
    @Body(new ZodPipe(CaptureBody)) template: z.output<typeof CaptureBody>,
  ): Promise<object> {
    return this.act(request, response, id, { verb: 'capture', template });
  }

  @Describe({ summary: 'Start a machine', answer: BegunAnswer })
  @Allow('power_compute_resources_vms')
  @Post(':id/start')
  @HttpCode(202)
  start(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('id') id: string,
  ): Promise<object> {
    return this.act(request, response, id, { verb: 'start' });
  }

  @Describe({ summary: 'Ask the guest of a machine to shut down', answer: BegunAnswer })
  @Allow('power_compute_resources_vms')
  @Post(':id/shutdown')
  @HttpCode(202)
  shutdown(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('id') id: string,
  ): Promise<object> {
    return this.act(request, response, id, { verb: 'shutdown' });
  }

  @Describe({ summary: 'Stop a machine at once', answer: BegunAnswer })
  @Allow('power_compute_resources_vms')
  @Post(':id/stop')
  @HttpCode(202)
  stop(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('id') id: string,
  ): Promise<object> {
    return this.act(request, response, id, { verb: 'stop' });
  }

  @Describe({ summary: 'Reboot a machine', answer: BegunAnswer })
  @Allow('power_compute_resources_vms')
  @Post(':id/reboot')
  @HttpCode(202)
  reboot(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('id') id: string,
  ): Promise<object> {
    return this.act(request, response, id, { verb: 'reboot' });
  }

  @Describe({ summary: 'Suspend a machine', answer: BegunAnswer })
  @Allow('power_compute_resources_vms')
  @Post(':id/suspend')
  @HttpCode(202)
  suspend(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('id') id: string,
  ): Promise<object> {
    return this.act(request, response, id, { verb: 'suspend' });
  }

  @Describe({
    summary: 'Remove a machine',
    answer: BegunAnswer,
    notes: 'Stops it first; its disks go with it unless keep_disks',
  })
  @Allow('destroy_compute_resources_vms')
  @Delete(':id')
  @HttpCode(202)
  remove(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('id') id: string,
    @Query(new QueryPipe(RemoveQuery)) { keep_disks: keepDisks }: z.output<typeof RemoveQuery>,
  ): Promise<object> {
    return this.act(request, response, id, { verb: 'remove', keepDisks });
  }

  private async act(request: Request, response: Response, id: string, action: Action): Promise<object> {
    return this.begun(response, await this.actions.begin(authorOf(request), id, action, repeatable(request)));
  }

  private begun(response: Response, { operation, machine }: Launched): object {
    response.setHeader('Location', this.urls.url(`/api/v2/operations/${operation.id}`));
    const { id, name, state } = machine;
    return {
      operation: operationJson(operation, this.operations.isCancellable(operation)),
      virtual_machine: { id, vm_name: name, state },
    };
  }
}
