import { Controller, Get, Param } from '@nestjs/common';
import { Allow } from '../auth';
import { Clock } from '../common/clock';
import { HostReadModel } from '../hosts';
import { Framable, Reply, Urls } from '../web';
import { VirtualMachineReader } from './virtual-machine.reader';
import { virtualMachineJson, virtualMachinePart } from './virtual-machine.view';

/** The third tab of a host's page: loaded after it, so that a slow engine delays nothing. */
@Controller('hosts')
export class VirtualMachinesController {
  constructor(
    private readonly hosts: HostReadModel,
    private readonly machines: VirtualMachineReader,
    private readonly urls: Urls,
    private readonly clock: Clock,
  ) {}

  @Allow('view_hosts', 'view_ovirt')
  @Framable()
  @Get(':name/vm/ovirt')
  async show(@Param('name') name: string): Promise<Reply> {
    const sighting = await this.machines.of(await this.hosts.byName(name));
    return new Reply(
      'virtual-machines/show',
      () => virtualMachinePart(sighting, this.urls, this.clock.now()),
      () => virtualMachineJson(sighting),
    );
  }
}
