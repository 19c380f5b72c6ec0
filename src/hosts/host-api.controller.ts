import { Body, Controller, Delete, Get, Param, Patch, Put } from '@nestjs/common';
import type { z } from 'zod';
import { Allow, CurrentActor } from '../auth';
import type { Actor } from '../common/actor';
import { ZodPipe } from '../web';
import { HostEditBody } from './host-edit.schema';
import { HostEditor } from './host-editor';
import { hostDetailsJson, hostJson } from './host-json';
import { HostReadModel } from './host.read-model';

/** Hosts as Foreman's API v2 has them (Foreman: api/v2/hosts_controller.rb). */
@Controller(['api/hosts', 'api/v2/hosts'])
export class HostApiController {
  constructor(
    private readonly hosts: HostReadModel,
    private readonly editor: HostEditor,
  ) {}

  @Allow('view_hosts')
  @Get(':id')
  async show(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<object> {
    return hostDetailsJson(await this.hosts.byName(id), actor);
  }

  @Allow('edit_hosts')
  @Put(':id')
  async replace(
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
    @Body(new ZodPipe(HostEditBody)) edit: z.output<typeof HostEditBody>,
  ): Promise<object> {
    return hostDetailsJson(await this.editor.edit(id, edit), actor);
  }

  @Allow('edit_hosts')
  @Patch(':id')
  update(
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
    @Body(new ZodPipe(HostEditBody)) edit: z.output<typeof HostEditBody>,
  ): Promise<object> {
    return this.replace(id, actor, edit);
  }

  @Allow('destroy_hosts')
  @Delete(':id')
  async remove(@Param('id') id: string): Promise<object> {
    return hostJson(await this.editor.remove(id));
  }
}
