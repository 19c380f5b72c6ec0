import { Controller, Get, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Allow, CurrentActor } from '../../auth';
import type { Actor } from '../../common/actor';
import { Machines } from './machines';

/** Consoles of machines, to be opened by virt-viewer. */
@Controller(['api/virtual_machines', 'api/v2/virtual_machines', 'virtual_machines'])
export class ConsoleController {
  constructor(private readonly machines: Machines) {}

  @Allow('console_compute_resources_vms')
  @Get(':id/console')
  async console(
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
    @Param('id') id: string,
  ): Promise<string> {
    const { name, file } = await this.machines.console(actor, id);
    response.setHeader('Content-Type', 'application/x-virt-viewer');
    response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}.vv`);
    response.setHeader('Cache-Control', 'no-store'); // it holds a password
    return file;
  }
}
